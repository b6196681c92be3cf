//! Messages to masked frames, a bounded piece at a time.

use bytes::Bytes;
use taro_socket_api::Message;
use tokio_tungstenite::tungstenite::protocol::frame::{
    FrameHeader,
    coding::{Control, Data, OpCode},
};

use super::mask;

/// Once this many bytes wait to be written, no more are encoded: 64 KiB.
const HIGH_WATER: usize = 64 << 10;
/// Payload copied and masked at a time, small enough to stay in the nearest cache: 16 KiB.
const PIECE: usize = 16 << 10;

/// Encodes frames into one buffer that holds at most [`HIGH_WATER`] bytes and one piece.
#[derive(Debug, Default)]
pub(crate) struct Encoder {
    out: Vec<u8>,
    written: usize,
    /// The rest of a large message, with its mask turned to where it stands.
    rest: Option<(Bytes, [u8; 4])>,
    /// The latest Pong owed. RFC 6455 §5.5.3 allows to answer only the latest Ping.
    pong: Option<Bytes>,
}

impl Encoder {
    /// Whether another message may be given; otherwise bytes must be written first.
    pub(crate) fn has_room(&self) -> bool {
        self.rest.is_none() && self.out.len() < HIGH_WATER
    }

    /// Starts a message; call it only when there is room.
    pub(crate) fn message(&mut self, message: Message) {
        let data = match &message {
            Message::Text(_) => Data::Text,
            Message::Binary(_) => Data::Binary,
        };
        self.frame(OpCode::Data(data), message.into_bytes());
        self.fill();
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
        self.finish_rest();
        self.frame(OpCode::Control(Control::Close), payload.into());
        self.finish_rest();
    }

    /// Bytes to write now.
    pub(crate) fn pending(&self) -> &[u8] {
        &self.out[self.written..]
    }

    /// Takes off bytes that were written.
    pub(crate) fn advance(&mut self, written: usize) {
        self.written += written;
        if self.written == self.out.len() {
            self.written = 0;
            self.out.clear();
            self.fill();
        }
    }

    /// Gives the buffer's memory back, if nothing is in it.
    pub(crate) fn release(&mut self) {
        if self.out.is_empty() && self.out.capacity() > 4096 {
            self.out = Vec::new();
        }
    }

    fn frame(&mut self, opcode: OpCode, payload: Bytes) {
        let mask: [u8; 4] = rand::random();
        let header = FrameHeader {
            is_final: true,
            rsv1: false,
            rsv2: false,
            rsv3: false,
            opcode,
            mask: Some(mask),
        };
        self.out.reserve(payload.len().min(PIECE) + 14);
        // Writing into a vector cannot fail.
        drop(header.format(payload.len() as u64, &mut self.out));
        self.rest = Some((payload, mask));
    }

    /// Encodes until the buffer is full or nothing is left.
    fn fill(&mut self) {
        while self.out.len() < HIGH_WATER && self.step() {}
    }

    fn finish_rest(&mut self) {
        while self.rest.is_some() {
            self.piece();
        }
    }

    fn step(&mut self) -> bool {
        if self.rest.is_some() {
            self.piece();
            return true;
        }
        let Some(payload) = self.pong.take() else {
            return false;
        };
        self.frame(OpCode::Control(Control::Pong), payload);
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
