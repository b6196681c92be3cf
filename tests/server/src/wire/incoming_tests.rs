//! Unit tests of the reading side: whole and cut frames, and each breach.

use super::*;

/// A masked frame with the mask 1, 2, 3, 4.
fn masked(first: u8, payload: &[u8]) -> Vec<u8> {
    let mut out = BytesMut::new();
    frame::write(&mut out, first & 0x80 != 0, first & 15, payload);
    let header = Header::read(&out).expect("a header");
    let mut bytes = out[..header.size].to_vec();
    bytes[0] = first;
    bytes[1] |= 0x80;
    bytes.extend_from_slice(&[1, 2, 3, 4]);
    let mut body = payload.to_vec();
    frame::unmask(&mut body, [1, 2, 3, 4]);
    bytes.extend_from_slice(&body);
    bytes
}

fn events(bytes: &[u8]) -> Vec<Event> {
    let mut incoming = Incoming::new(BytesMut::from(bytes));
    std::iter::from_fn(|| incoming.next()).collect()
}

fn violation(bytes: &[u8]) -> (String, Option<u16>) {
    match events(bytes).pop() {
        Some(Event::Violation(violation)) => (violation.text, violation.answer),
        other => panic!("a violation was expected, not {other:?}"),
    }
}

fn text(payload: &str) -> Event {
    Event::Message {
        kind: MessageKind::Text,
        payload: BytesMut::from(payload),
    }
}

#[test]
fn fragments_with_a_ping_between_make_one_message() {
    let bytes = [masked(0x01, b"ab"), masked(0x89, b"p"), masked(0x80, b"cd")];
    let ping = Event::Ping(BytesMut::from(&b"p"[..]));
    assert_eq!(events(&bytes.concat()), vec![ping, text("abcd")]);
}

#[test]
fn bytes_may_come_one_by_one() {
    let whole = [masked(0x81, &[b'x'; 300]), masked(0x81, b"")].concat();
    let mut incoming = Incoming::new(BytesMut::new());
    let mut seen = Vec::new();
    for byte in whole {
        incoming.buffer.extend_from_slice(&[byte]);
        seen.extend(incoming.next());
    }
    assert_eq!(seen, vec![text(&"x".repeat(300)), text("")]);
}

#[test]
fn each_breach_is_named_and_answered() {
    let table: &[(Vec<u8>, &str, u16)] = &[
        (vec![0x81, 0], "unmasked frame, opcode 1", 1002),
        (masked(0xc1, b""), "reserved bits 100", 1002),
        (masked(0x83, b""), "opcode 3", 1002),
        (
            masked(0x09, b""),
            "fragmented control frame, opcode 9",
            1002,
        ),
        (masked(0x89, &[0; 126]), "control frame of 126 bytes", 1002),
        (masked(0x80, b"x"), "continuation without a message", 1002),
        (
            vec![0x82, 0xfe, 0, 1, 0, 0, 0, 0, 0],
            "length 1 not in its shortest form",
            1002,
        ),
        (masked(0x81, &[0xff]), "text message is not UTF-8", 1007),
        (masked(0x88, &[3]), "Close payload of 1 byte", 1002),
        (
            masked(0x88, &[3, 237]),
            "Close code 1005 is not allowed on the wire",
            1002,
        ),
        (
            masked(0x88, &[3, 232, 255]),
            "Close reason is not UTF-8",
            1002,
        ),
        (
            vec![0x82, 0xff, 0, 0, 0, 0, 4, 0, 0, 1, 0, 0, 0, 0],
            "message beyond 67108864 bytes",
            1009,
        ),
    ];
    for (bytes, text, code) in table {
        assert_eq!(violation(bytes), ((*text).to_owned(), Some(*code)));
    }
    let nested = [masked(0x01, b"a"), masked(0x81, b"b")].concat();
    assert_eq!(violation(&nested).0, "new message inside a fragmented one");
}

#[test]
fn bytes_after_close_are_one_breach_without_an_answer() {
    let bytes = [masked(0x88, b""), masked(0x81, b"a"), masked(0x81, b"b")].concat();
    let seen = events(&bytes);
    assert_eq!(seen.len(), 2);
    assert_eq!(violation(&bytes), ("frame after Close".to_owned(), None));
}
