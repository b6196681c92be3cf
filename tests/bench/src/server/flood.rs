//! A flood of 64-byte binary messages, after the client's first message.

use std::ops::Range;

use super::{connection::Mode, frames::write_header};
use crate::Result;

/// Payload of a message, in bytes.
const PAYLOAD: usize = 64;
/// Messages in one block.
const BLOCK: u64 = 4096;

pub(super) struct Flood {
    block: Vec<u8>,
    frame: usize,
    remaining: u64,
    started: bool,
}

impl Flood {
    /// A flood of `count` messages.
    pub(super) fn new(count: u64) -> Self {
        let mut frame = [7; PAYLOAD + 10];
        let header = write_header(0x82, PAYLOAD as u64, &mut frame);
        frame[header..].fill(7);
        let frame = &frame[..header + PAYLOAD];
        Self {
            block: frame.repeat(BLOCK as usize),
            frame: frame.len(),
            remaining: count,
            started: false,
        }
    }
}

impl Mode for Flood {
    fn receive(&mut self, _buffer: &mut [u8], _end: usize) -> Result<Range<usize>> {
        self.started = true;
        Ok(0..0)
    }

    fn produce(&mut self, pending: &mut Vec<u8>) {
        if self.started {
            let messages = self.remaining.min(BLOCK);
            pending.extend_from_slice(&self.block[..messages as usize * self.frame]);
            self.remaining -= messages;
        }
    }
}
