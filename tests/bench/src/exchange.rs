//! A workload's conversation, free of IO.
//!
//! The same script drives a client that is asked for its next message and one that calls back.

use bytes::Bytes;

/// What a client sends.
#[derive(Clone, Debug)]
pub(crate) enum Payload {
    /// A text message.
    Text(&'static str),
    /// A binary message.
    Binary(Bytes),
}

impl Payload {
    /// A binary message of `length` bytes.
    pub(crate) fn binary(length: usize) -> Self {
        Self::Binary((0..length).map(|index| (index % 251) as u8).collect())
    }

    pub(crate) fn as_bytes(&self) -> &[u8] {
        match self {
            Self::Text(text) => text.as_bytes(),
            Self::Binary(bytes) => bytes,
        }
    }
}

/// What to do after a received message.
#[derive(Debug)]
pub(crate) enum Step {
    /// Send so many messages (0: wait for the next one).
    Send(usize),
    /// The conversation is over.
    Done,
}

/// A conversation: how many messages to begin with, and what follows each received one.
pub(crate) trait Exchange: Send + 'static {
    /// Called once, right before the first message. Gives the number of messages to send.
    fn begin(&mut self) -> usize;

    /// Called for every received message with its length in bytes.
    fn received(&mut self, length: usize) -> Step;
}
