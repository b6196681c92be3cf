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
    let mut encoder = Encoder::default();
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
        let mut encoder = Encoder::default();
        encoder.message(Message::from("x".repeat(length)));
        assert!(encoder.pending().starts_with(&head), "{length} bytes");
        assert_eq!(encoder.pending().len(), head.len() + 4 + length);
    }
    let mut encoder = Encoder::default();
    encoder.message(Message::from(vec![0; 65_535]));
    assert_eq!(encoder.pending()[..4], [0x82, 0xfe, 0xff, 0xff]);
}

#[test]
fn pongs_wait_for_the_message_and_only_the_latest_is_sent() {
    let mut encoder = Encoder::default();
    encoder.message(Message::from(vec![0; 300_000]));
    encoder.pong(Bytes::from_static(b"a"));
    encoder.pong(Bytes::from_static(b"b"));
    let wire = drain(&mut encoder);
    assert_eq!(wire.len(), 300_014 + 7);
    assert_eq!(wire[300_014..300_016], [0x8a, 0x81]);
}

#[test]
fn a_close_waits_for_the_message_under_way_and_nothing_is_copied_for_it() {
    let mut encoder = Encoder::default();
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
    let mut encoder = Encoder::default();
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
