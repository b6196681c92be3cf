//! Tables of frames, whole and byte by byte.

use super::*;

fn decode_in(pieces: usize, wire: &[u8], limits: Limits) -> (Vec<Inbound>, Option<Violation>) {
    let mut decoder = Decoder::new(limits, BytesMut::new());
    let mut all = Vec::new();
    for piece in wire.chunks(pieces) {
        decoder.room().extend_from_slice(piece);
        loop {
            match decoder.next() {
                Ok(Some(inbound)) => all.push(inbound),
                Ok(None) => break,
                Err(violation) => return (all, Some(violation)),
            }
        }
    }
    (all, None)
}

fn decode(wire: &[u8]) -> (Vec<Inbound>, Option<Violation>) {
    let whole = decode_in(wire.len().max(1), wire, Limits::default());
    for pieces in [1, 2, 3, 7] {
        let (inbound, violation) = decode_in(pieces, wire, Limits::default());
        assert_eq!(
            (&inbound, &violation),
            (&whole.0, &whole.1),
            "in pieces of {pieces}"
        );
    }
    whole
}

fn message(message: impl Into<Message>) -> Inbound {
    Inbound::Message(message.into())
}

#[test]
fn messages_fragments_and_control_frames_between_them() {
    let wire =
        b"\x81\x02hi\x01\x01a\x89\x01p\x00\x00\x80\x01b\x82\x01\xff\x8a\x00\x88\x05\x0f\xa1bye";
    let expected = vec![
        message("hi"),
        Inbound::Ping(Bytes::from_static(b"p")),
        message("ab"),
        message(vec![0xff]),
        Inbound::Pong,
        Inbound::Close(Some(4001), "bye".into()),
    ];
    assert_eq!(decode(wire), (expected, None));
    assert_eq!(
        decode(b"\x88\x00"),
        (vec![Inbound::Close(None, String::new())], None)
    );
}

#[test]
fn violations_have_their_close_code() {
    let table: &[(&[u8], u16)] = &[
        (b"\xc1\x00", 1002),
        (b"\x83\x00", 1002),
        (b"\x8b\x00", 1002),
        (b"\x81\x80\x00\x00\x00\x00", 1002),
        (b"\x80\x00", 1002),
        (b"\x01\x00\x01\x00", 1002),
        (b"\x09\x00", 1002),
        (b"\x89\x7e\x00\x7e", 1002),
        (b"\x88\x01\x03", 1002),
        (b"\x88\x02\x03\xed", 1002),
        (b"\x88\x02\x03\xe7", 1002),
        (b"\x88\x03\x03\xe8\xff", 1007),
        (b"\x81\x01\xff", 1007),
        (b"\x01\x01\xe6\x80\x00", 1007),
        (b"\x82\x7f\x00\x00\x00\x00\x04\x00\x00\x01", 1009),
        (b"\x82\x7f\xff\xff\xff\xff\xff\xff\xff\xff", 1009),
    ];
    for (wire, code) in table {
        let (inbound, violation) = decode(wire);
        assert_eq!(
            violation.map(|violation| violation.code),
            Some(*code),
            "{wire:02x?}"
        );
        assert!(inbound.is_empty());
    }
}

#[test]
fn limits_are_inclusive() {
    let mut limits = Limits::default();
    limits.max_message_bytes = 4;
    limits.max_fragments = 3;
    let fits = b"\x82\x04abcd\x02\x02ab\x00\x01c\x80\x01d";
    assert_eq!(decode_in(99, fits, limits).1, None);
    let long = b"\x02\x03abc\x80\x02de";
    assert_eq!(decode_in(99, long, limits).1.map(|v| v.code), Some(1009));
    let many = b"\x02\x00\x00\x00\x00\x00\x80\x00";
    assert_eq!(decode_in(99, many, limits).1.map(|v| v.code), Some(1009));
}

#[test]
fn invalid_text_is_found_before_the_frame_is_whole() {
    let mut decoder = Decoder::new(Limits::default(), BytesMut::new());
    decoder.room().extend_from_slice(b"\x81\x7d\xce\xba");
    assert_eq!(decoder.next(), Ok(None));
    decoder.room().extend_from_slice(b"\xf4\x90");
    assert_eq!(decoder.next(), Err(Violation::utf8()));
}

#[test]
fn a_claimed_length_reserves_little() {
    let mut decoder = Decoder::new(Limits::default(), BytesMut::new());
    decoder
        .room()
        .extend_from_slice(b"\x82\x7f\x00\x00\x00\x00\x03\xff\xff\xff");
    assert_eq!(decoder.next(), Ok(None));
    assert!(
        decoder.room().capacity() <= 2 << 20,
        "{}",
        decoder.room().capacity()
    );
}
