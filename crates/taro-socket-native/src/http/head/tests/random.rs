//! Answers at random, in any pieces, beside another parser.

use bytes::BufMut;
use taro_socket_test_urls::{Chance, cases};

use super::*;

const PARTS: &[&str] = &[
    "HTTP/1.1 200 Connection established\r\n",
    "HTTP/1.0 200 OK\r\n",
    "HTTP/1.1 100 Continue\r\n\r\n",
    "HTTP/1.1 407 Proxy Authentication Required\r\n",
    "HTTP/1.1 502\r\n",
    "Proxy-Authenticate: Basic realm=\"a b\"\r\n",
    "Content-Length: 5\r\n",
    "A:b\r\n",
    "\r\n",
    "\r\nhello",
    "\x05\x00",
];
const NASTY: &[u8] = b"\r\n\t :/0129HTTPa\0\x7f\x80\xff\x05\"";

/// The final head, or nothing, or a flaw; and what is left.
fn taken(bytes: &[u8], piece: usize) -> Result<Option<(u16, usize, Vec<u8>)>, String> {
    let (mut reader, mut buffer) = (HeadReader::new(Answerer::Proxy), BytesMut::new());
    let mut pieces = bytes.chunks(piece);
    while let Some(piece) = pieces.next() {
        buffer.put_slice(piece);
        if let Some(head) = reader.take(&mut buffer)? {
            buffer.extend(pieces.flatten());
            return Ok(Some((head.status, head.header.len(), buffer.to_vec())));
        }
    }
    Ok(None)
}

/// The same by another: interim answers are passed over.
fn by_another(mut bytes: &[u8]) -> Option<(u16, usize, Vec<u8>)> {
    loop {
        let mut fields = [httparse::EMPTY_HEADER; 128];
        let mut head = httparse::Response::new(&mut fields);
        let Ok(httparse::Status::Complete(end)) = head.parse(bytes) else {
            return None;
        };
        let (status, fields) = (head.code?, head.headers.len());
        bytes = &bytes[end..];
        if status == 101 || !(100..200).contains(&status) {
            return Some((status, fields, bytes.to_vec()));
        }
    }
}

/// Folded lines (RFC 9112 §5.2), and later versions of HTTP/1 (RFC 9110 §2.5), which the other parser refuses.
fn left_to_us(bytes: &[u8]) -> bool {
    let folded = |three: &[u8]| matches!(three, b"\r\n " | b"\r\n\t");
    let later = |eight: &[u8]| matches!(eight, [b'H', .., b'/', b'1', b'.', b'2'..=b'9']);
    bytes.windows(3).any(folded) || bytes.windows(8).any(later)
}

#[test]
fn what_is_taken_is_what_another_parser_takes() {
    let mut chance = Chance::new(3);
    let (mut there, mut wrong) = (0, 0);
    let all = cases(20_000);
    for _ in 0..all {
        let mut bytes = Vec::new();
        for at in 0..1 + chance.below(5) {
            let parts = if at == 0 { &PARTS[..5] } else { PARTS };
            bytes.extend(chance.of(parts).bytes());
        }
        chance.disturb(&mut bytes, NASTY);
        let whole = taken(&bytes, bytes.len().max(1));
        // Of pieces that end within a word the text may show less.
        let piece = 1 + chance.below(9);
        let pieces = taken(&bytes, piece);
        assert_eq!(
            pieces.is_err(),
            whole.is_err(),
            "{piece}: {}",
            bytes.escape_ascii()
        );
        match whole {
            Ok(_) if left_to_us(&bytes) => {}
            Ok(Some(found)) => {
                there += 1;
                assert_eq!(
                    pieces,
                    Ok(Some(found.clone())),
                    "{piece}: {}",
                    bytes.escape_ascii()
                );
                assert_eq!(by_another(&bytes), Some(found), "{}", bytes.escape_ascii());
            }
            Ok(None) => assert_eq!(by_another(&bytes), None, "{}", bytes.escape_ascii()),
            Err(_) => wrong += 1,
        }
    }
    assert!(
        there > all / 20 && wrong > all / 20,
        "{there} sound, {wrong} wrong"
    );
}
