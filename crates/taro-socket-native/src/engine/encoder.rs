//! Messages to masked frames, a bounded piece at a time.

use bytes::Bytes;
use taro_socket_api::Message;

use super::{
    Staged,
    frame::{self, CLOSE, HIGH_WATER, PIECE, PONG},
    mask,
};

/// Flushes of little in a row after which a large buffer is given back.
const SMALL_FLUSHES: u8 = 32;
/// A buffer of this size is kept in any case: 4 KiB.
const KEPT: usize = 4 << 10;

/// Encodes frames into one buffer that holds at most [`HIGH_WATER`] bytes and one piece.
#[derive(Debug, Default)]
pub(crate) struct Encoder {
    out: Vec<u8>,
    written: usize,
    /// The rest of a large message, with its mask turned to where it stands.
    rest: Option<(Bytes, [u8; 4])>,
    /// The latest Pong owed. RFC 6455 §5.5.3 allows to answer only the latest Ping.
    pong: Option<Bytes>,
    small_flushes: u8,
}

impl Encoder {
    /// Whether another message may be given; otherwise bytes must be written first.
    pub(crate) fn has_room(&self) -> bool {
        self.rest.is_none() && self.out.len() < HIGH_WATER
    }

    /// Starts a message; call it only when there is room.
    pub(crate) fn message(&mut self, message: Message) {
        let first = frame::first_byte(&message);
        if message.len() <= PIECE {
            frame::append(&mut self.out, first, message.as_bytes());
        } else {
            self.large(first, message.into_bytes());
            self.fill();
        }
    }

    /// Takes over frames that are ready; call it only when nothing is pending.
    pub(crate) fn adopt(&mut self, staged: &mut Staged) {
        std::mem::swap(&mut self.out, &mut staged.bytes);
    }

    /// Owes a Pong, instead of one owed before.
    pub(crate) fn pong(&mut self, payload: Bytes) {
        self.pong = Some(payload);
        self.fill();
    }

    /// Ends with a Close frame; an unfinished message before it is finished first.
    pub(crate) fn close(&mut self, code: Option<u16>, reason: &str) {
        let mut payload = Vec::with_capacity(2 + reason.len());
        if let Some(code) = code {
            payload.extend_from_slice(&code.to_be_bytes());
            payload.extend_from_slice(reason.as_bytes());
        }
        self.pong = None;
        while self.rest.is_some() {
            self.piece();
        }
        frame::append(&mut self.out, CLOSE, &payload);
    }

    /// Whether nothing waits to be written.
    pub(crate) fn is_empty(&self) -> bool {
        self.out.is_empty() && self.rest.is_none() && self.pong.is_none()
    }

    /// Bytes to write now.
    pub(crate) fn pending(&self) -> &[u8] {
        &self.out[self.written..]
    }

    /// Takes off bytes that were written.
    pub(crate) fn advance(&mut self, written: usize) {
        self.written += written;
        if self.written == self.out.len() {
            let small = self.written <= KEPT;
            self.small_flushes = if small {
                self.small_flushes.saturating_add(1)
            } else {
                0
            };
            self.written = 0;
            self.out.clear();
            self.fill();
        }
    }

    /// Gives a large buffer's memory back, if little has been sent of late.
    pub(crate) fn release(&mut self) {
        if self.out.is_empty() && self.out.capacity() > KEPT && self.small_flushes >= SMALL_FLUSHES
        {
            self.out = Vec::new();
        }
    }

    fn large(&mut self, first: u8, payload: Bytes) {
        let mask = frame::append_header(&mut self.out, first, payload.len());
        self.rest = Some((payload, mask));
    }

    /// Encodes until the buffer is full or nothing is left.
    fn fill(&mut self) {
        while self.out.len() < HIGH_WATER && self.step() {}
    }

    fn step(&mut self) -> bool {
        if self.rest.is_some() {
            self.piece();
            return true;
        }
        let Some(payload) = self.pong.take() else {
            return false;
        };
        frame::append(&mut self.out, PONG, &payload);
        true
    }

    fn piece(&mut self) {
        let Some((mut payload, mask)) = self.rest.take() else {
            return;
        };
        // PIECE is a multiple of four, so the mask need not be turned for the next piece.
        let piece = payload.split_to(payload.len().min(PIECE));
        let start = self.out.len();
        self.out.extend_from_slice(&piece);
        mask::apply(&mut self.out[start..], mask);
        if !payload.is_empty() {
            self.rest = Some((payload, mask));
        }
    }
}

#[cfg(test)]
mod tests {
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
        let mut body = wire[14..].to_vec();
        mask::apply(&mut body, mask);
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
}
