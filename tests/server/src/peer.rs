//! The sending side of one connection, without IO: what is to be written, and how the connection ends.

use std::collections::VecDeque;

use bytes::{Buf, BytesMut};
use taro_socket_test_protocol::MessageKind;

use crate::limits::{MAX_MESSAGE, QUEUE_HIGH, READY_HIGH};
use crate::wire::{frame, status};

/// How the server ends TCP.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ending {
    /// With FIN.
    Fin,
    /// With RST.
    Reset,
}

/// Work that is generated while it is written, so that a flood needs no memory.
#[derive(Debug)]
enum Job {
    Bytes(BytesMut),
    Repeat {
        chunk: Vec<u8>,
        left: usize,
    },
    Flood {
        next: usize,
        count: usize,
        size: usize,
    },
}

/// What one connection still has to write.
#[derive(Debug, Default)]
pub(crate) struct Peer {
    /// Bytes for the next write.
    pub(crate) ready: BytesMut,
    jobs: VecDeque<Job>,
    queued: usize,
    close_sent: bool,
    ending: Option<Ending>,
    stalled: bool,
    held: bool,
}

impl Peer {
    /// Sends a whole message; nothing after a Close frame.
    pub(crate) fn message(&mut self, kind: MessageKind, payload: &[u8]) {
        self.frame(true, opcode(kind), payload);
    }

    /// Sends one frame; nothing after a Close frame.
    pub(crate) fn frame(&mut self, fin: bool, opcode: u8, payload: &[u8]) {
        if !self.close_sent {
            frame::write(self.tail(payload.len()), fin, opcode, payload);
        }
    }

    /// Sends the same message `count` times; nothing after a Close frame.
    pub(crate) fn repeat_text(&mut self, text: &str, count: usize) {
        if !self.close_sent {
            let mut chunk = BytesMut::new();
            frame::write(&mut chunk, true, frame::TEXT, text.as_bytes());
            self.repeat_raw(chunk.to_vec(), count);
        }
    }

    /// Sends binary messages whose bytes are all the message's number modulo 256, from 0 on.
    pub(crate) fn flood(&mut self, count: usize, size: usize) {
        if !self.close_sent {
            let (next, size) = (0, size.min(MAX_MESSAGE));
            self.jobs.push_back(Job::Flood { next, count, size });
        }
    }

    /// Writes bytes as they are, `count` times, whatever was sent before.
    pub(crate) fn repeat_raw(&mut self, chunk: Vec<u8>, count: usize) {
        let left = if chunk.is_empty() { 0 } else { count };
        self.jobs.push_back(Job::Repeat { chunk, left });
    }

    /// Sends a Close frame, once.
    pub(crate) fn close(&mut self, code: Option<u16>, reason: &str) {
        self.frame(true, frame::CLOSE, &status::payload(code, reason));
        self.close_sent = true;
    }

    /// A Close frame was among the bytes written as they are.
    pub(crate) fn close_was_written(&mut self) {
        self.close_sent = true;
    }

    /// Ends TCP when everything is written.
    pub(crate) fn end(&mut self, ending: Ending) {
        self.ending.get_or_insert(ending);
    }

    /// Ends TCP now; what is still to be written is lost.
    pub(crate) fn drop_now(&mut self, ending: Ending) {
        self.ready.clear();
        self.jobs.clear();
        self.ending = Some(ending);
    }

    /// Stops reading, or reads again.
    pub(crate) fn stall(&mut self, stalled: bool) {
        self.stalled = stalled;
    }

    /// Keeps the socket for a while after the client has ended its side.
    pub(crate) fn hold(&mut self) {
        self.held = true;
    }

    /// Whether the socket outlives the client's end.
    pub(crate) fn is_held(&self) -> bool {
        self.held
    }

    /// How the connection ends, once nothing is left to write.
    pub(crate) fn ending(&self) -> Option<Ending> {
        let idle = self.ready.is_empty() && self.jobs.is_empty();
        self.ending.filter(|_| idle)
    }

    /// Whether the connection reads: not when stalled, nor when too much waits for writing.
    pub(crate) fn reads(&self) -> bool {
        !self.stalled && self.ready.len() + self.queued < QUEUE_HIGH
    }

    /// Moves jobs to [`Peer::ready`] until enough is there for a write.
    pub(crate) fn refill(&mut self) {
        while self.ready.len() < READY_HIGH {
            let ready = &mut self.ready;
            match self.jobs.front_mut() {
                None => return,
                Some(Job::Bytes(bytes)) if bytes.has_remaining() => {
                    self.queued -= bytes.len();
                    ready.unsplit(bytes.split());
                }
                Some(Job::Repeat { chunk, left }) if *left > 0 => {
                    *left -= 1;
                    ready.extend_from_slice(chunk);
                }
                Some(Job::Flood { next, count, size }) if *next < *count => {
                    let fill = next.to_le_bytes()[0];
                    frame::write(ready, true, frame::BINARY, &vec![fill; *size]);
                    *next += 1;
                }
                Some(_) => drop(self.jobs.pop_front()),
            }
        }
    }

    /// The buffer that a frame goes to: the next write, or the end of the queue when there is one.
    fn tail(&mut self, length: usize) -> &mut BytesMut {
        if self.jobs.is_empty() {
            return &mut self.ready;
        }
        // Header bytes count too: a flood of empty frames must pause reading as well.
        self.queued += length + frame::header_size(length);
        if !matches!(self.jobs.back(), Some(Job::Bytes(_))) {
            self.jobs.push_back(Job::Bytes(BytesMut::new()));
        }
        match self.jobs.back_mut() {
            Some(Job::Bytes(bytes)) => bytes,
            _ => &mut self.ready,
        }
    }
}

/// The opcode of the first frame of a message.
pub(crate) fn opcode(kind: MessageKind) -> u8 {
    match kind {
        MessageKind::Text => frame::TEXT,
        MessageKind::Binary => frame::BINARY,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(peer: &mut Peer) -> Vec<u8> {
        let mut out = Vec::new();
        loop {
            peer.refill();
            if peer.ready.is_empty() {
                return out;
            }
            out.extend_from_slice(&peer.ready.split());
        }
    }

    #[test]
    fn order_is_kept_behind_a_flood() {
        let mut peer = Peer::default();
        peer.message(MessageKind::Text, b"a");
        peer.flood(2, 1);
        peer.message(MessageKind::Text, b"b");
        peer.close(Some(1000), "");
        peer.end(Ending::Fin);
        assert_eq!(peer.ending(), None);
        let wire = b"\x81\x01a\x82\x01\x00\x82\x01\x01\x81\x01b\x88\x02\x03\xe8";
        assert_eq!(all(&mut peer), wire);
        assert_eq!(peer.ending(), Some(Ending::Fin));
    }

    #[test]
    fn nothing_but_raw_bytes_follows_a_close_frame() {
        let mut peer = Peer::default();
        peer.close(None, "");
        peer.message(MessageKind::Text, b"a");
        peer.close(Some(1000), "again");
        peer.repeat_text("a", 2);
        peer.flood(1, 1);
        peer.repeat_raw(vec![0xff], 2);
        assert_eq!(all(&mut peer), [0x88, 0, 0xff, 0xff]);
    }

    #[test]
    fn a_flood_stays_small_and_pauses_reading_behind_it() {
        let mut peer = Peer::default();
        peer.flood(usize::MAX, 1000);
        peer.refill();
        assert!(peer.ready.len() < READY_HIGH + 2000);
        assert!(peer.reads());
        peer.message(MessageKind::Binary, &vec![0; QUEUE_HIGH]);
        assert!(!peer.reads());
    }
}
