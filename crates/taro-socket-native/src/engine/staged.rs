//! Small messages, encoded by the caller.

use std::mem;

use taro_socket_api::{Completion, Message};

use super::frame::{self, HIGH_WATER, PIECE};

/// Frames of small messages, ready to be written, and what to report when they have been.
///
/// Encoding where the message is sent costs less than queueing it and encoding it later.
#[derive(Debug, Default)]
pub(crate) struct Staged {
    pub(super) bytes: Vec<u8>,
    pub(crate) account: Account,
}

/// Messages encoded since the last complete flush.
#[derive(Debug, Default)]
pub(crate) struct Account {
    pub(crate) bytes: u64,
    pub(crate) messages: u64,
    pub(crate) reports: Vec<Completion>,
}

impl Account {
    pub(crate) fn add(&mut self, bytes: usize, done: Completion) {
        self.bytes += bytes as u64;
        self.messages += 1;
        if !done.is_none() {
            self.reports.push(done);
        }
    }

    /// Moves all of `other` behind this.
    pub(crate) fn append(&mut self, other: &mut Self) {
        self.bytes += mem::take(&mut other.bytes);
        self.messages += mem::take(&mut other.messages);
        if self.reports.is_empty() {
            mem::swap(&mut self.reports, &mut other.reports);
        } else {
            self.reports.append(&mut other.reports);
        }
    }
}

impl Staged {
    pub(crate) fn is_empty(&self) -> bool {
        self.bytes.is_empty()
    }

    /// Whether `message` is small and there is room.
    pub(crate) fn fits(&self, message: &Message) -> bool {
        message.len() <= PIECE && self.bytes.len() < HIGH_WATER
    }

    /// Encodes a message that fits.
    pub(crate) fn push(&mut self, message: &Message, done: Completion) {
        frame::append(
            &mut self.bytes,
            frame::first_byte(message),
            message.as_bytes(),
        );
        self.account.add(message.len(), done);
    }
}
