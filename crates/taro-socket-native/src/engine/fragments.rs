//! The frames of a large message, where a frame has a bound (RFC 6455 §5.4).

use bytes::Bytes;

use super::frame::{CONTINUATION, FIN, header_size};

/// What of a message is still to go out, after the frame under way.
#[derive(Debug)]
pub(super) struct Fragments {
    left: Bytes,
    /// Most payload bytes of one frame.
    most: usize,
    /// The opcode of the next frame: the message's, then that of a continuation.
    opcode: u8,
}

impl Fragments {
    /// A message whose frame would begin with `first`, in frames of at most `most` bytes.
    pub(super) fn new(first: u8, payload: Bytes, most: usize) -> Self {
        Self {
            left: payload,
            most,
            opcode: first & !FIN,
        }
    }

    /// The first byte and the payload of the next frame, and whether others follow.
    pub(super) fn next(&mut self) -> (u8, Bytes, bool) {
        let payload = self.left.split_to(self.left.len().min(self.most));
        let more = !self.left.is_empty();
        let fin = if more { 0 } else { FIN };
        let first = std::mem::replace(&mut self.opcode, CONTINUATION) | fin;
        (first, payload, more)
    }

    /// Bytes of all frames that follow.
    pub(super) fn bytes(&self) -> usize {
        let whole = self.left.len() / self.most;
        let last = self.left.len() % self.most;
        let headers = whole * header_size(self.most) + usize::from(last > 0) * header_size(last);
        self.left.len() + headers
    }
}
