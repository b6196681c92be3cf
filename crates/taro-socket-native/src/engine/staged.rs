//! Small messages, encoded by the caller.

use taro_socket_api::{Message, adapter::Completion};

use super::{
    Account,
    frame::{self, HIGH_WATER, PIECE},
};

/// Frames of small messages, ready to be written, and what to report when they have been.
///
/// Encoding where the message is sent costs less than queueing it and encoding it later.
#[derive(Debug, Default)]
pub(crate) struct Staged {
    pub(super) bytes: Vec<u8>,
    pub(crate) account: Account,
}

impl Staged {
    pub(crate) fn is_empty(&self) -> bool {
        self.bytes.is_empty()
    }

    /// Whether `message` is small, goes into a frame of at most `most` bytes, and there is room.
    pub(crate) fn fits(&self, message: &Message, most: usize) -> bool {
        message.len() <= most.min(PIECE) && self.bytes.len() < HIGH_WATER
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
