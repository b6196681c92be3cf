//! What is written, in which order, and how much of it is held.

use super::*;

fn drain(encoder: &mut Encoder) -> Vec<u8> {
    let mut all = Vec::new();
    while !encoder.pending().is_empty() {
        assert!(encoder.pending().len() <= HIGH_WATER + PIECE + 14);
        let written = encoder.pending().len().min(1000);
        all.extend_from_slice(&encoder.pending()[..written]);
        encoder.advance(written);
    }
    all
}

#[test]
fn a_large_message_is_encoded_in_bounded_pieces_and_unmasks_to_itself() {
    let payload: Vec<u8> = (0..200_001_u32).map(|at| at as u8).collect();
    let mut encoder = Encoder::new(usize::MAX);
    encoder.message(Message::from(payload.clone()));
    assert!(!encoder.has_room());
    let wire = drain(&mut encoder);
    assert_eq!(wire[..2], [0x82, 0xff]);
    assert_eq!(wire[2..10], 200_001_u64.to_be_bytes());
    let mask = [wire[10], wire[11], wire[12], wire[13]];
    let mut body = Vec::new();
    mask::append(&mut body, &wire[14..], mask);
    assert_eq!(body, payload);
    assert!(encoder.has_room());
}

#[test]
fn lengths_take_the_shortest_form() {
    for (length, head) in [
        (0, vec![0x81, 0x80]),
        (125, vec![0x81, 0xfd]),
        (126, vec![0x81, 0xfe, 0, 126]),
    ] {
        let mut encoder = Encoder::new(usize::MAX);
        encoder.message(Message::from("x".repeat(length)));
        assert!(encoder.pending().starts_with(&head), "{length} bytes");
        assert_eq!(encoder.pending().len(), head.len() + 4 + length);
    }
    let mut encoder = Encoder::new(usize::MAX);
    encoder.message(Message::from(vec![0; 65_535]));
    assert_eq!(encoder.pending()[..4], [0x82, 0xfe, 0xff, 0xff]);
}

#[test]
fn pongs_wait_for_the_message_and_only_the_latest_is_sent() {
    let mut encoder = Encoder::new(usize::MAX);
    encoder.message(Message::from(vec![0; 300_000]));
    encoder.pong(Bytes::from_static(b"a"));
    encoder.pong(Bytes::from_static(b"b"));
    let wire = drain(&mut encoder);
    assert_eq!(wire.len(), 300_014 + 7);
    assert_eq!(wire[300_014..300_016], [0x8a, 0x81]);
}

#[test]
fn a_close_waits_for_the_message_under_way_and_nothing_is_copied_for_it() {
    let mut encoder = Encoder::new(usize::MAX);
    encoder.message(Message::from(vec![0; 3_000_000]));
    encoder.pong(Bytes::from_static(b"a"));
    encoder.close(Some(1001), "bye");
    assert!(encoder.pending().len() <= HIGH_WATER + PIECE + 14);
    let wire = drain(&mut encoder);
    assert_eq!(wire.len(), 3_000_014 + 6 + 5);
    assert_eq!(wire[3_000_014..3_000_016], [0x88, 0x85]);
    assert!(encoder.is_empty());
}

#[test]
fn positions_tell_when_a_message_has_left() {
    let mut encoder = Encoder::new(usize::MAX);
    encoder.message(Message::from(vec![0; 10]));
    assert_eq!((encoder.written(), encoder.end()), (0, 16));
    encoder.message(Message::from(vec![0; 1_000_000]));
    assert_eq!((encoder.written(), encoder.end()), (0, 16 + 1_000_014));
    encoder.advance(16);
    assert_eq!((encoder.written(), encoder.end()), (16, 16 + 1_000_014));
    let wire = drain(&mut encoder);
    assert_eq!(encoder.written(), 16 + wire.len() as u64);
    assert_eq!(encoder.end(), encoder.written());
}

/// The first byte, the payload and the size of each frame.
fn frames(mut wire: &[u8]) -> Vec<(u8, Vec<u8>)> {
    let mut frames = Vec::new();
    while let [first, second, rest @ ..] = wire {
        let (length, rest) = match second & 0x7f {
            126 => (usize::from(rest[0]) << 8 | usize::from(rest[1]), &rest[2..]),
            127 => (
                u64::from_be_bytes(rest[..8].try_into().unwrap()) as usize,
                &rest[8..],
            ),
            short => (usize::from(short), rest),
        };
        let mask = &rest[..4];
        let payload = rest[4..4 + length].iter().enumerate();
        let payload = payload.map(|(at, byte)| byte ^ mask[at % 4]).collect();
        frames.push((*first, payload));
        wire = &rest[4 + length..];
    }
    frames
}

#[test]
fn a_message_above_the_bound_of_frames_goes_out_in_several() {
    let table: [(usize, usize, &[usize]); 7] = [
        (1, 3, &[1, 1, 1]),
        (10, 10, &[10]),
        (10, 11, &[10, 1]),
        (10, 0, &[0]),
        (125, 251, &[125, 125, 1]),
        (70_000, 150_000, &[70_000, 70_000, 10_000]),
        (100_000, 400_000, &[100_000, 100_000, 100_000, 100_000]),
    ];
    for (most, length, lengths) in table {
        let payload: Vec<u8> = (0..length).map(|at| at as u8).collect();
        let mut encoder = Encoder::new(most);
        encoder.message(Message::from(payload.clone()));
        let end = encoder.end();
        let wire = drain(&mut encoder);
        assert_eq!(
            (encoder.written(), encoder.end()),
            (end, end),
            "{most} of {length}"
        );
        let frames = frames(&wire);
        let found: Vec<_> = frames.iter().map(|(_, payload)| payload.len()).collect();
        assert_eq!(found, lengths);
        let last = frames.len() - 1;
        for (at, (first, _)) in frames.iter().enumerate() {
            let opcode = if at == 0 { 0x02 } else { 0x00 };
            assert_eq!(*first, opcode | if at == last { 0x80 } else { 0 });
        }
        let whole: Vec<u8> = frames
            .into_iter()
            .flat_map(|(_, payload)| payload)
            .collect();
        assert_eq!(whole, payload);
    }
}

#[test]
fn control_frames_go_between_the_frames_of_a_message_and_a_close_behind_it() {
    let mut encoder = Encoder::new(100_000);
    encoder.message(Message::from(vec![7; 300_000]));
    let end = encoder.end();
    encoder.pong(Bytes::from_static(b"a"));
    encoder.ping(*b"ping");
    encoder.close(Some(1000), "");
    assert!(!encoder.has_room());
    let opcodes: Vec<_> = frames(&drain(&mut encoder))
        .iter()
        .map(|(first, _)| *first)
        .collect();
    assert_eq!(
        opcodes,
        [0x02, 0x00, 0x80, 0x88],
        "a close drops what is only owed"
    );
    assert_eq!(encoder.written(), end + 8);

    let mut encoder = Encoder::new(100_000);
    encoder.message(Message::from(vec![7; 300_000]));
    let end = encoder.end();
    encoder.pong(Bytes::from_static(b"a"));
    encoder.ping(*b"ping");
    let opcodes: Vec<_> = frames(&drain(&mut encoder))
        .iter()
        .map(|(first, _)| *first)
        .collect();
    assert_eq!(opcodes, [0x02, 0x00, 0x8a, 0x89, 0x80]);
    assert_eq!(
        (encoder.written(), encoder.end()),
        (end, end),
        "the message has left"
    );
    encoder.message(Message::from("x"));
    assert_eq!(encoder.end(), end + 7);
}

#[test]
fn a_control_frame_before_much_has_left_confuses_no_count() {
    let mut encoder = Encoder::new(1);
    encoder.message(Message::from(vec![7; 200_000]));
    let end = encoder.end();
    encoder.ping(*b"ping");
    let mut last = 0;
    while !encoder.pending().is_empty() {
        encoder.advance(1);
        assert!(encoder.written() <= end);
        last = last.max(encoder.written());
    }
    assert_eq!((last, encoder.end()), (end, end));
}
