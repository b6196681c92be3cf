//! Behaviours that send of their own accord.

use taro_socket_test_protocol::{MessageKind, hex_decode};

use super::Script;
use crate::peer::Peer;
use crate::wire::frame;

/// Sends messages at open.
pub(super) struct Send {
    pub(super) texts: Vec<String>,
    /// Hexadecimal; parsing the request has checked it.
    pub(super) binaries: Vec<String>,
}

impl Send {
    pub(super) fn texts(texts: Vec<String>) -> Self {
        let binaries = Vec::new();
        Self { texts, binaries }
    }
}

impl Script for Send {
    fn open(&mut self, peer: &mut Peer) {
        for text in &self.texts {
            peer.message(MessageKind::Text, text.as_bytes());
        }
        for bytes in self.binaries.iter().filter_map(|hex| hex_decode(hex)) {
            peer.message(MessageKind::Binary, &bytes);
        }
    }
}

/// Writes bytes that may be no frames.
pub(super) struct Raw {
    bytes: Vec<u8>,
    after: usize,
    times: usize,
    messages: usize,
}

impl Raw {
    pub(super) fn new(hex: &str, after: usize, times: usize) -> Self {
        Self {
            // Parsing the request has checked it.
            bytes: hex_decode(hex).unwrap_or_default(),
            after,
            times,
            messages: 0,
        }
    }

    fn write(&self, peer: &mut Peer) {
        peer.repeat_raw(self.bytes.clone(), self.times);
        if frame::ends_with_close(&self.bytes) {
            // The client's answer is not to be answered once more.
            peer.close_was_written();
        }
    }
}

impl Script for Raw {
    fn open(&mut self, peer: &mut Peer) {
        if self.after == 0 {
            self.write(peer);
        }
    }

    fn message(&mut self, peer: &mut Peer, kind: MessageKind, payload: &[u8]) {
        self.messages = self.messages.saturating_add(1);
        if self.messages > self.after {
            peer.message(kind, payload);
        } else if self.messages == self.after {
            self.write(peer);
        }
    }
}

/// Sends many messages at open.
pub(super) struct Flood {
    pub(super) count: usize,
    pub(super) size: usize,
}

impl Script for Flood {
    fn open(&mut self, peer: &mut Peer) {
        peer.flood(self.count, self.size);
    }
}

/// Sends pings at open.
pub(super) struct Ping {
    pub(super) payload: String,
    pub(super) count: usize,
}

impl Script for Ping {
    fn open(&mut self, peer: &mut Peer) {
        for _ in 0..self.count {
            peer.frame(true, frame::PING, self.payload.as_bytes());
        }
    }
}
