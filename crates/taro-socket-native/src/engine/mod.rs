//! Frames to messages and back, without IO.
//!
//! The driver sees only what stands here, so that another framing engine can stand beside this one:
//! feed bytes to [`Decoder`] and take [`Inbound`]s; give messages to [`Staged`] or [`Encoder`] and write its
//! bytes. In the tests tokio-tungstenite reads the same.

mod assembly;
mod block;
mod close;
mod decoder;
mod encoder;
mod fragments;
mod frame;
mod header;
mod incoming;
mod mask;
mod staged;
mod unsent;

use bytes::Bytes;
use taro_socket_api::{Error, ErrorKind, Message};

pub(crate) use decoder::Decoder;
pub(crate) use encoder::Encoder;
pub(crate) use staged::Staged;
pub(crate) use unsent::{Account, Unsent};

/// What the peer sent.
#[derive(Debug, PartialEq)]
pub(crate) enum Inbound {
    Message(Message),
    Ping(Bytes),
    Pong(Bytes),
    /// Status and reason; no status for an empty Close frame.
    Close(Option<u16>, String),
}

/// A reason to fail the connection (RFC 6455 §7.1.7).
#[derive(Debug, PartialEq)]
pub(crate) struct Violation {
    pub(crate) code: u16,
    pub(crate) reason: &'static str,
    remedy: &'static str,
}

impl Violation {
    pub(crate) fn protocol(reason: &'static str) -> Self {
        let remedy = "mend the server, or what stands between: this is not RFC 6455";
        Self {
            code: 1002,
            reason,
            remedy,
        }
    }

    pub(crate) fn utf8() -> Self {
        Self {
            code: 1007,
            reason: "text is not UTF-8",
            remedy: "let the server send it as binary",
        }
    }

    pub(crate) fn too_big(reason: &'static str, remedy: &'static str) -> Self {
        Self {
            code: 1009,
            reason,
            remedy,
        }
    }

    /// The error of the connection to `place`, which is `host:port`.
    pub(crate) fn error(&self, place: &str) -> Error {
        let kind = match self.code {
            1007 => ErrorKind::InvalidUtf8,
            1009 => ErrorKind::LimitExceeded,
            _ => ErrorKind::Protocol,
        };
        let Self { reason, remedy, .. } = self;
        Error::new(
            kind,
            format!("the connection to {place} failed: {reason}: {remedy}"),
        )
    }
}
