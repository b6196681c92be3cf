//! Framings, and chunks in any pieces.

use taro_socket_api::Header;

use super::*;

fn head(status: u16, fields: &[(&str, &str)]) -> Head {
    Head {
        outdated: false,
        status,
        reason: String::new(),
        header: fields.iter().copied().collect::<Header>(),
    }
}

/// The body of what comes in pieces, and whether it was complete.
fn body(framing: Framing, bytes: &[u8], piece: usize) -> (Vec<u8>, bool) {
    let (mut framing, mut buffer, mut body) = (framing, BytesMut::new(), Vec::new());
    for piece in bytes.chunks(piece) {
        buffer.extend_from_slice(piece);
        if take(&mut framing, &mut buffer, &mut body) {
            return (body, true);
        }
        assert!(
            buffer.len() <= MAX_SIZE_LINE + piece.len(),
            "nothing is held back"
        );
    }
    (body, false)
}

/// Status, fields, and the framing that they mean.
type Row = (u16, &'static [(&'static str, &'static str)], Framing);

fn chunked() -> Framing {
    Framing::Chunked(Chunk::Size)
}

#[test]
fn the_framing_is_that_of_rfc_9112() {
    let table: [Row; 12] = [
        (204, &[], Framing::Length(0)),
        (304, &[("Content-Length", "9")], Framing::Length(0)),
        (403, &[], Framing::Connection),
        (403, &[("Content-Length", "37")], Framing::Length(37)),
        (403, &[("Content-Length", "5, 5")], Framing::Length(5)),
        (
            403,
            &[("Content-Length", "5"), ("content-length", "6")],
            Framing::Length(0),
        ),
        (403, &[("Content-Length", "+5")], Framing::Length(0)),
        (
            403,
            &[("Content-Length", "99999999999999999999")],
            Framing::Length(u64::MAX),
        ),
        (
            403,
            &[("Transfer-Encoding", "Chunked"), ("Content-Length", "5")],
            chunked(),
        ),
        (403, &[("Transfer-Encoding", "gzip, chunked")], chunked()),
        (
            403,
            &[
                ("Transfer-Encoding", "gzip"),
                ("Transfer-Encoding", "chunked"),
            ],
            chunked(),
        ),
        (
            403,
            &[("Transfer-Encoding", "gzip"), ("Content-Length", "5")],
            Framing::Connection,
        ),
    ];
    for (status, fields, expected) in table {
        assert_eq!(
            framing(&head(status, fields)),
            expected,
            "{status} {fields:?}"
        );
    }
}

#[test]
fn chunks_are_joined_in_any_pieces() {
    let coded = b"9\r\n{\"error\":\r\n1C;a=\"b\"\r\n\"token expired\",\"code\":4011}\r\n0\r\nTrailer: x\r\n\r\n";
    let content = b"{\"error\":\"token expired\",\"code\":4011}";
    for piece in 1..=coded.len() {
        assert_eq!(
            body(chunked(), coded, piece),
            (content.to_vec(), true),
            "pieces of {piece}"
        );
    }
}

#[test]
fn what_is_not_chunked_is_told_as_far_as_it_was() {
    let long = format!("5{}\r\n", " ".repeat(MAX_SIZE_LINE));
    let table: [(&[u8], &[u8], bool); 12] = [
        (b"3\r\nabcd\r\n", b"abc", true),
        (b"x\r\nabc", b"", true),
        (b"\t3 \t;x\r\nabc", b"abc", false),
        (b"\x0c3\r\nabc", b"", true),
        (b"3;\xff\r\nabc", b"abc", false),
        (b"-1\r\nabc", b"", true),
        (b"+1\r\nabc", b"", true),
        (b"\r\nabc", b"", true),
        (b"10000000000000000\r\nabc", b"", true),
        (b"ffffffffffffffff\r\nabc", b"abc", false),
        (b"3\r\nab", b"ab", false),
        (long.as_bytes(), b"", true),
    ];
    for (coded, content, complete) in table {
        assert_eq!(
            body(chunked(), coded, 1),
            (content.to_vec(), complete),
            "{coded:?}"
        );
    }
}

#[test]
fn no_more_than_the_beginning_is_kept() {
    let much = vec![b'a'; 3 * MAX_BYTES];
    let in_chunks = [b"fffff\r\n", &much[..]].concat();
    let in_small_chunks = b"1\r\na\r\n".repeat(2 * MAX_BYTES);
    let table = [
        (Framing::Connection, &much),
        (Framing::Length(u64::MAX), &much),
        (chunked(), &in_chunks),
        (chunked(), &in_small_chunks),
    ];
    for (framing, bytes) in table {
        let (body, complete) = body(framing, bytes, 1000);
        assert_eq!((body.len(), complete), (MAX_BYTES, true));
    }
    assert_eq!(
        body(Framing::Length(3), b"abcdef", 6),
        (b"abc".to_vec(), true)
    );
}
