//! What a peer receives.

use taro_socket_api::{Bytes, Message};

/// Status and reason of a Close frame.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct PeerClose {
    /// The status code; `None` for an empty frame.
    pub code: Option<u16>,
    /// The reason.
    pub reason: String,
}

impl PeerClose {
    /// A Close frame's content.
    #[must_use]
    pub fn new(code: Option<u16>, reason: impl Into<String>) -> Self {
        let reason = reason.into();
        Self { code, reason }
    }
}

/// What a peer receives.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum PeerEvent {
    /// A message.
    Message(Message),
    /// The answer to a ping.
    Pong(Bytes),
    /// A Close frame.
    Close(PeerClose),
    /// The end of the transport. Nothing follows.
    End,
}
