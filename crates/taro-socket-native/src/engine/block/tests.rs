//! What a kept message keeps.

use std::ops::Range;

use taro_socket_api::{Limits, Message};

use crate::engine::{Decoder, Inbound};

const BLOCK: usize = 64 << 10;

fn frame(first: u8, payload: &[u8]) -> Vec<u8> {
    let mut frame = vec![first];
    match payload.len() {
        short @ 0..=125 => frame.push(short as u8),
        medium @ 126..=0xffff => {
            frame.push(126);
            frame.extend_from_slice(&(medium as u16).to_be_bytes());
        }
        long => {
            frame.push(127);
            frame.extend_from_slice(&(long as u64).to_be_bytes());
        }
    }
    frame.extend_from_slice(payload);
    frame
}

/// Reads all of `frames` at once and gives the messages, and where the block lay.
fn read(frames: &[Vec<u8>]) -> (Vec<Message>, Range<usize>) {
    let mut decoder = Decoder::new(Limits::default(), &[]);
    let wire = frames.concat();
    let room = decoder.room();
    room.reserve(BLOCK);
    assert!(wire.len() <= BLOCK);
    room.extend_from_slice(&wire);
    let start = room.as_ptr() as usize;
    let lay = start..start + room.capacity();
    decoder.filled(wire.len());
    let mut messages = Vec::new();
    while let Some(inbound) = decoder.next().expect("no violation") {
        if let Inbound::Message(message) = inbound {
            messages.push(message);
        }
    }
    (messages, lay)
}

fn is_part(message: &Message, block: &Range<usize>) -> bool {
    block.contains(&(message.as_bytes().as_ptr() as usize))
}

#[test]
fn a_small_message_among_pongs_does_not_keep_their_block() {
    let mut frames = vec![frame(0x81, b"x")];
    frames.resize(500, frame(0x8a, &[0; 125]));
    let (messages, block) = read(&frames);
    assert_eq!(messages, [Message::from("x")]);
    assert!(!is_part(&messages[0], &block));
}

#[test]
fn small_messages_that_fill_the_block_are_parts_of_it() {
    let frames = vec![frame(0x82, &[7; 64]); 900];
    let (messages, block) = read(&frames);
    assert_eq!(messages.len(), 900);
    assert!(messages.iter().all(|message| is_part(message, &block)));
}

#[test]
fn few_small_messages_share_one_copy() {
    let frames = [&b"one"[..], b"three", b"eleven"].map(|payload| frame(0x82, payload));
    let (messages, block) = read(&frames);
    assert!(!messages.iter().any(|message| is_part(message, &block)));
    let at = |index: usize| messages[index].as_bytes().as_ptr() as usize;
    assert_eq!([at(1) - at(0), at(2) - at(1)], [3, 5]);
}

#[test]
fn a_small_message_behind_a_large_one_does_not_keep_it() {
    let (messages, block) = read(&[frame(0x82, &[1; 40000]), frame(0x81, b"small")]);
    assert!(is_part(&messages[0], &block));
    assert!(!is_part(&messages[1], &block));
}

#[test]
fn whatever_comes_at_most_twice_the_payload_is_kept() {
    for _ in 0..2000 {
        let mut frames = Vec::new();
        let mut size = 0;
        loop {
            let length = [0, 1, 30, 100, 125, 2000, 20_000, 50_000][rand::random_range(0..8)];
            let first = [0x82, 0x8a, 0x89][rand::random_range(0..3)];
            let next = frame(
                first,
                &vec![
                    1;
                    if first == 0x82 {
                        length
                    } else {
                        length.min(125)
                    }
                ],
            );
            size += next.len();
            if size > BLOCK || rand::random_ratio(1, 200) {
                break;
            }
            frames.push(next);
        }
        let (messages, block) = read(&frames);
        let payload: usize = messages.iter().map(Message::len).sum();
        let parts = messages.iter().filter(|message| is_part(message, &block));
        let copied: usize = messages
            .iter()
            .filter(|message| !is_part(message, &block))
            .map(Message::len)
            .sum();
        let whole = if parts.count() > 0 { block.len() } else { 0 };
        assert!(whole + copied <= 2 * payload, "{whole} {copied} {payload}");
    }
}

#[test]
fn an_empty_message_keeps_nothing() {
    let (messages, block) = read(&vec![frame(0x82, b""); 4000]);
    assert_eq!(messages.len(), 4000);
    assert!(!messages.iter().any(|message| is_part(message, &block)));
}
