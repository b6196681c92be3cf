//! Tables of frames, whole and byte by byte.

use super::*;

fn decode_in(pieces: usize, wire: &[u8], limits: Limits) -> (Vec<Inbound>, Option<Violation>) {
    let mut decoder = Decoder::new(limits, &[]);
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
        Inbound::Pong(Bytes::new()),
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
        (b"\x82\x7f\x7f\xff\xff\xff\xff\xff\xff\xff", 1009),
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

/// RFC 6455 §5.2, whatever the limits allow.
#[test]
fn lengths_are_minimal_and_of_63_bits() {
    let mut boundless = Limits::default();
    boundless.max_message_bytes = usize::MAX;
    let wrong: &[&[u8]] = &[
        b"\x82\x7f\x80\x00\x00\x00\x00\x00\x00\x00",
        b"\x82\x7f\xff\xff\xff\xff\xff\xff\xff\xff",
        b"\x00\x7f\xff\xff\xff\xff\xff\xff\xff\xff",
        b"\x81\x7e\x00\x02ok",
        b"\x81\x7e\x00\x00",
        b"\x82\x7e\x00\x7d",
        b"\x81\x7f\x00\x00\x00\x00\x00\x00\x00\x02ok",
        b"\x82\x7f\x00\x00\x00\x00\x00\x00\xff\xff",
        b"\x89\x7e\x00\x02ok",
        b"\x8a\x7f\x00\x00\x00\x00\x00\x00\x00\x00",
        b"\x88\x7e\x00\x02\x03\xe8",
        b"\x88\x7f\x00\x00\x00\x00\x00\x00\x00\x02\x03\xe8",
    ];
    for wire in wrong {
        for limits in [Limits::default(), boundless] {
            for pieces in [1, wire.len()] {
                let (inbound, violation) = decode_in(pieces, wire, limits);
                let code = violation.map(|violation| violation.code);
                assert_eq!((inbound, code), (vec![], Some(1002)), "{wire:02x?}");
            }
        }
    }
    // 63 bits, or what this machine can address.
    let most = (usize::MAX >> 1) as u64;
    let longest = [&b"\x82\x7f"[..], &most.to_be_bytes()].concat();
    let sound: &[&[u8]] = &[
        b"\x82\x7e\x00\x7e",
        b"\x82\x7e\xff\xff",
        b"\x82\x7f\x00\x00\x00\x00\x00\x01\x00\x00",
        &longest,
    ];
    for wire in sound {
        let told = decode_in(wire.len(), wire, boundless);
        assert_eq!(told, (vec![], None), "{wire:02x?}");
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
    let mut decoder = Decoder::new(Limits::default(), &[]);
    decoder.room().extend_from_slice(b"\x81\x7d\xce\xba");
    assert_eq!(decoder.next(), Ok(None));
    decoder.room().extend_from_slice(b"\xf4\x90");
    assert_eq!(decoder.next(), Err(Violation::utf8()));
}

#[test]
fn a_claimed_length_reserves_little() {
    let mut decoder = Decoder::new(Limits::default(), &[]);
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

/// Messages of every size and form, with control frames between them, cut anywhere and read in any portions.
#[test]
fn behind_a_short_frame_that_was_cut_there_is_room_for_a_whole_read() {
    let mut decoder = Decoder::new(Limits::default(), &[]);
    let mut wire = [&[0x82, 64][..], &[7; 64]].concat().into_iter().cycle();
    for _ in 0..8 {
        let room = decoder.room();
        let free = room.capacity() - room.len();
        room.extend(wire.by_ref().take(free));
        decoder.filled(free);
        while decoder.next().expect("in order").is_some() {}
    }
    assert!(decoder.frame.is_some(), "the last frame was cut");
    let room = decoder.room();
    assert!(room.capacity() - room.len() >= MAX_READ);
}

#[test]
fn however_it_is_cut_the_messages_are_the_same() {
    for _ in 0..300 {
        let (wire, expected) = arbitrary_stream();
        let mut decoder = Decoder::new(Limits::default(), &[]);
        let (mut left, mut messages) = (&wire[..], Vec::new());
        while !left.is_empty() {
            let room = decoder.room();
            let most = (room.capacity() - room.len()).min(left.len());
            let count = rand::random_range(1..=most);
            room.extend_from_slice(&left[..count]);
            left = &left[count..];
            decoder.filled(count);
            while let Some(inbound) = decoder.next().expect("no violation") {
                if let Inbound::Message(message) = inbound {
                    messages.push(message);
                }
            }
            if rand::random() {
                decoder.release();
            }
        }
        assert_eq!(messages, expected);
    }
}

fn arbitrary_stream() -> (Vec<u8>, Vec<Message>) {
    let (mut wire, mut messages) = (Vec::new(), Vec::new());
    for number in 0..rand::random_range(1..60_u32) {
        let length = [0, 1, 5, 125, 126, 900, 40_000, 150_000][rand::random_range(0..8)];
        let mut text = number.to_string().repeat(length);
        text.truncate(length);
        let parts = rand::random_range(1..4_usize);
        for (at, part) in text
            .as_bytes()
            .chunks(length.max(1).div_ceil(parts))
            .enumerate()
        {
            let is_last = (at + 1) * length.max(1).div_ceil(parts) >= length;
            let opcode = if at == 0 { 1 } else { 0 };
            append(&mut wire, opcode | if is_last { 0x80 } else { 0 }, part);
            append(&mut wire, 0x8a, &[0; 9]);
        }
        if length == 0 {
            append(&mut wire, 0x81, b"");
        }
        messages.push(Message::from(text));
    }
    (wire, messages)
}

fn append(wire: &mut Vec<u8>, first: u8, payload: &[u8]) {
    wire.push(first);
    match payload.len() {
        short @ 0..=125 => wire.push(short as u8),
        medium @ 126..=0xffff => {
            wire.push(126);
            wire.extend_from_slice(&(medium as u16).to_be_bytes());
        }
        long => {
            wire.push(127);
            wire.extend_from_slice(&(long as u64).to_be_bytes());
        }
    }
    wire.extend_from_slice(payload);
}
