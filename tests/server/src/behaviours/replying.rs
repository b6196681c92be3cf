//! Behaviours that differ in how they answer messages.

use taro_socket_test_protocol::MessageKind;

use super::Script;
use crate::peer::{Peer, opcode};
use crate::wire::frame;

/// All defaults.
pub(super) struct Echo;

impl Script for Echo {}

/// Sends nothing back.
pub(super) struct Capture;

impl Script for Capture {
    fn message(&mut self, _peer: &mut Peer, _kind: MessageKind, _payload: &[u8]) {}
}

/// Never reads.
pub(super) struct Stall;

impl Script for Stall {
    fn open(&mut self, peer: &mut Peer) {
        peer.stall(true);
    }
}

/// Echoes in fragments (RFC 6455 §5.4).
pub(super) struct Fragment {
    pub(super) size: usize,
    pub(super) ping: bool,
}

impl Script for Fragment {
    fn message(&mut self, peer: &mut Peer, kind: MessageKind, payload: &[u8]) {
        let size = self.size.max(1);
        let count = payload.len().div_ceil(size).max(1);
        for index in 0..count {
            let first = index == 0;
            if !first && self.ping {
                peer.frame(true, frame::PING, b"");
            }
            let from = index * size;
            let part = &payload[from..payload.len().min(from.saturating_add(size))];
            let opcode = if first {
                opcode(kind)
            } else {
                frame::CONTINUATION
            };
            peer.frame(index + 1 == count, opcode, part);
        }
    }
}
