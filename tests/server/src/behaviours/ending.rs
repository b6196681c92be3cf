//! Behaviours that differ in how the connection ends.

use taro_socket_test_protocol::{CloseSeen, DropWhen, MessageKind};

use super::{Script, answer_close, ending};
use crate::peer::{Ending, Peer};

/// Sends a Close frame after some messages.
pub(super) struct Close {
    pub(super) code: Option<u16>,
    pub(super) reason: String,
    /// Messages still to wait for.
    pub(super) after: usize,
}

impl Script for Close {
    fn open(&mut self, peer: &mut Peer) {
        if self.after == 0 {
            peer.close(self.code, &self.reason);
        }
    }

    fn message(&mut self, peer: &mut Peer, _kind: MessageKind, _payload: &[u8]) {
        self.after = self.after.saturating_sub(1);
        if self.after == 0 {
            peer.close(self.code, &self.reason);
        }
    }
}

/// Ends TCP without a Close frame.
pub(super) struct Drop {
    pub(super) when: DropWhen,
    pub(super) reset: bool,
}

impl Script for Drop {
    fn open(&mut self, peer: &mut Peer) {
        if self.when == DropWhen::Open {
            peer.end(ending(self.reset));
        }
    }

    fn message(&mut self, peer: &mut Peer, kind: MessageKind, payload: &[u8]) {
        if self.when == DropWhen::Message {
            peer.end(ending(self.reset));
        } else {
            peer.message(kind, payload);
        }
    }

    fn close(&mut self, peer: &mut Peer, close: &CloseSeen) {
        if self.when == DropWhen::Close {
            peer.end(ending(self.reset));
        } else {
            answer_close(peer, close);
        }
    }
}

/// Echoes, and does nothing about a Close frame.
pub(super) struct IgnoreClose;

impl Script for IgnoreClose {
    fn open(&mut self, peer: &mut Peer) {
        peer.hold();
    }

    fn close(&mut self, _peer: &mut Peer, _close: &CloseSeen) {}
}

/// Answers a Close frame with another status.
pub(super) struct AnswerClose {
    pub(super) code: Option<u16>,
    pub(super) reason: String,
}

impl Script for AnswerClose {
    fn close(&mut self, peer: &mut Peer, _close: &CloseSeen) {
        peer.close(self.code, &self.reason);
        peer.end(Ending::Fin);
    }
}

/// Sends messages before it answers a Close frame.
pub(super) struct FloodOnClose {
    pub(super) count: usize,
}

impl Script for FloodOnClose {
    fn close(&mut self, peer: &mut Peer, close: &CloseSeen) {
        peer.repeat_text("late", self.count);
        answer_close(peer, close);
    }
}
