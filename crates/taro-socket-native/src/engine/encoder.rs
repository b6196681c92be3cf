//! Messages to masked frames, a bounded piece at a time.

use bytes::Bytes;
use taro_socket_api::Message;

use super::{
    Staged, close,
    fragments::Fragments,
    frame::{self, CLOSE, HIGH_WATER, PIECE, PING, PONG},
    mask,
};

/// Flushes of little in a row after which a large buffer is given back.
const SMALL_FLUSHES: u8 = 32;
/// A buffer of this size is kept in any case: 4 KiB.
const KEPT: usize = 4 << 10;

/// Encodes frames into one buffer that holds at most [`HIGH_WATER`] bytes and one piece.
#[derive(Debug)]
pub(crate) struct Encoder {
    /// Most payload bytes of one frame.
    most: usize,
    out: Vec<u8>,
    /// Bytes of `out` that were written.
    written: usize,
    /// Bytes written before those of `out`.
    before: u64,
    /// The rest of a large message, with its mask turned to where it stands.
    rest: Option<(Bytes, [u8; 4])>,
    /// The frames that follow that of `rest` in its message.
    fragments: Option<Fragments>,
    /// Bytes of control frames that went between the frames of messages: they are in none of the counts.
    between: u64,
    /// The payload of the Close frame, while a message before it is under way.
    close: Option<Vec<u8>>,
    /// The latest Pong owed. RFC 6455 §5.5.3 allows to answer only the latest Ping.
    pong: Option<Bytes>,
    /// The Ping that is to be sent.
    ping: Option<[u8; 4]>,
    small_flushes: u8,
}

impl Encoder {
    /// An encoder of frames with at most `most` bytes of payload.
    pub(crate) fn new(most: usize) -> Self {
        Self {
            most,
            out: Vec::new(),
            written: 0,
            before: 0,
            rest: None,
            fragments: None,
            between: 0,
            close: None,
            pong: None,
            ping: None,
            small_flushes: 0,
        }
    }

    /// Whether another message may be given; otherwise bytes must be written first.
    pub(crate) fn has_room(&self) -> bool {
        !self.is_in_message() && self.out.len() < HIGH_WATER
    }

    /// Starts a message; call it only when there is room.
    pub(crate) fn message(&mut self, message: Message) {
        let first = frame::first_byte(&message);
        if message.len() <= PIECE.min(self.most) {
            frame::append(&mut self.out, first, message.as_bytes());
        } else if message.len() > self.most {
            let fragments = Fragments::new(first, message.into_bytes(), self.most);
            self.fragments = Some(fragments);
            self.fill();
        } else {
            self.large(first, message.into_bytes());
            self.fill();
        }
    }

    /// Takes over frames that are ready; call it only when nothing is pending.
    pub(crate) fn take_staged(&mut self, staged: &mut Staged) {
        std::mem::swap(&mut self.out, &mut staged.bytes);
    }

    /// Owes a Pong, instead of one owed before.
    pub(crate) fn pong(&mut self, payload: Bytes) {
        self.pong = Some(payload);
        self.fill();
    }

    /// Sends a Ping behind what is under way.
    pub(crate) fn ping(&mut self, payload: [u8; 4]) {
        self.ping = Some(payload);
        self.fill();
    }

    /// Ends with a Close frame. A message under way is finished first, piece by piece: its frame says how long it is.
    pub(crate) fn close(&mut self, code: Option<u16>, reason: &str) {
        self.pong = None;
        self.ping = None;
        self.close = Some(close::payload(code, reason));
        self.fill();
    }

    /// Whether nothing waits to be written.
    pub(crate) fn is_empty(&self) -> bool {
        self.out.is_empty() && !self.is_in_message() && !self.owes()
    }

    /// Whether a control frame is to follow.
    fn owes(&self) -> bool {
        self.close.is_some() || self.pong.is_some() || self.ping.is_some()
    }

    /// Whether a message is under way.
    fn is_in_message(&self) -> bool {
        self.rest.is_some() || self.fragments.is_some()
    }

    /// Bytes to write now.
    pub(crate) fn pending(&self) -> &[u8] {
        &self.out[self.written..]
    }

    /// How many bytes have been written in all, but for `between`.
    pub(crate) fn written(&self) -> u64 {
        (self.before + self.written as u64).saturating_sub(self.between)
    }

    /// How many bytes will have been written when all messages given so far have left.
    pub(crate) fn end(&self) -> u64 {
        let rest = self.rest.as_ref().map_or(0, |(payload, _)| payload.len());
        let fragments = self.fragments.as_ref().map_or(0, Fragments::bytes);
        self.before + (self.out.len() + rest + fragments) as u64 - self.between
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
            self.before += self.written as u64;
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
        } else if let Some(payload) = self.pong.take() {
            self.control(PONG, &payload);
        } else if let Some(payload) = self.ping.take() {
            self.control(PING, &payload);
        } else if let Some(mut fragments) = self.fragments.take() {
            let (first, payload, more) = fragments.next();
            self.fragments = more.then_some(fragments);
            self.large(first, payload);
        } else if let Some(payload) = self.close.take() {
            frame::append(&mut self.out, CLOSE, &payload);
        } else {
            return false;
        }
        true
    }

    /// May go between the frames of a message.
    fn control(&mut self, first: u8, payload: &[u8]) {
        let start = self.out.len();
        frame::append(&mut self.out, first, payload);
        if self.fragments.is_some() {
            self.between += (self.out.len() - start) as u64;
        }
    }

    fn piece(&mut self) {
        let Some((mut payload, mask)) = self.rest.take() else {
            return;
        };
        // PIECE is a multiple of four, so the mask need not be turned for the next piece.
        let piece = payload.split_to(payload.len().min(PIECE));
        mask::append(&mut self.out, &piece, mask);
        if !payload.is_empty() {
            self.rest = Some((payload, mask));
        }
    }
}

#[cfg(test)]
mod tests;
