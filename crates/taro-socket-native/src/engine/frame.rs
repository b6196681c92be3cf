//! Frames of a client (RFC 6455 §5.2): masked.

use taro_socket_api::Message;

use super::mask;

/// First bytes: the FIN bit and the opcode.
pub(super) const FIN: u8 = 0x80;
pub(super) const CONTINUATION: u8 = 0x00;
const TEXT: u8 = 0x81;
const BINARY: u8 = 0x82;
pub(super) const CLOSE: u8 = 0x88;
pub(super) const PING: u8 = 0x89;
pub(super) const PONG: u8 = 0x8a;

/// Once this many bytes wait to be written, no more are encoded: 128 KiB.
pub(super) const HIGH_WATER: usize = 128 << 10;
/// Payload copied and masked at a time, small enough to stay in the nearest cache: 16 KiB.
pub(super) const PIECE: usize = 16 << 10;

/// The first byte of a message's frame.
pub(super) fn first_byte(message: &Message) -> u8 {
    match message {
        Message::Text(_) => TEXT,
        Message::Binary(_) => BINARY,
    }
}

/// Bytes of the header of a frame with so many bytes of payload.
pub(super) fn header_size(length: usize) -> usize {
    match length {
        0..=125 => 6,
        126..=0xffff => 8,
        _ => 14,
    }
}

/// Appends a whole frame of at most [`PIECE`] payload bytes.
pub(super) fn append(out: &mut Vec<u8>, first: u8, payload: &[u8]) {
    let mask = append_header(out, first, payload.len());
    mask::append(out, payload, mask);
}

/// Appends a header with a fresh mask, and makes room for the first piece of payload.
pub(super) fn append_header(out: &mut Vec<u8>, first: u8, length: usize) -> [u8; 4] {
    let mask = mask::fresh_key();
    let [a, b, c, d] = mask;
    out.reserve(length.min(PIECE) + 14);
    match (u8::try_from(length), u16::try_from(length)) {
        (Ok(short @ 0..=125), _) => out.extend_from_slice(&[first, 0x80 | short, a, b, c, d]),
        (_, Ok(medium)) => {
            let [high, low] = medium.to_be_bytes();
            out.extend_from_slice(&[first, 0x80 | 126, high, low, a, b, c, d]);
        }
        _ => {
            out.extend_from_slice(&[first, 0x80 | 127]);
            out.extend_from_slice(&(length as u64).to_be_bytes());
            out.extend_from_slice(&mask);
        }
    }
    mask
}
