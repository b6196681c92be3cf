//! Why a connection is failed from the task's side.

use taro_socket_api::{Error, ErrorKind, adapter::overflow};

/// Close code of a host that fails connections by itself.
const HOST: u16 = 1002;
/// Close code where an adapter may not send 1009 (WHATWG WebSockets §3.1 `close`).
const OWN: u16 = 4009;

/// Why the connection is failed.
#[derive(Debug)]
pub(crate) struct Breach {
    /// The code that tells the peer (RFC 6455 §7.4.1).
    code: u16,
    kind: ErrorKind,
    text: String,
    /// Whether a limit of the adapter's own is the reason, and not the peer's frames.
    own: bool,
}

impl Breach {
    pub(crate) fn protocol(text: impl Into<String>) -> Self {
        Self::new(1002, ErrorKind::Protocol, text)
    }

    pub(crate) fn utf8(text: &str) -> Self {
        Self::new(1007, ErrorKind::InvalidUtf8, text)
    }

    /// A limit is passed by frames of which the message is not whole.
    pub(crate) fn frame_limit(text: &str) -> Self {
        Self::new(1009, ErrorKind::LimitExceeded, text)
    }

    /// A limit is passed by a whole message.
    pub(crate) fn own_limit(text: &str) -> Self {
        Self {
            own: true,
            ..Self::frame_limit(text)
        }
    }

    /// Messages come that nobody consumes: no fault of theirs, but no room either.
    pub(crate) fn overflow() -> Self {
        Self {
            own: true,
            ..Self::new(1008, ErrorKind::LimitExceeded, overflow().reason())
        }
    }

    /// The close code for the peer and the error for the user, with or without `Capability::PeerErrorCodes`.
    pub(crate) fn told(self, peer_error_codes: bool) -> (u16, Error) {
        let (code, kind) = match (peer_error_codes, self.own) {
            (true, _) => (self.code, self.kind),
            (false, true) => (OWN, self.kind),
            (false, false) => (HOST, ErrorKind::Transport),
        };
        (code, Error::new(kind, self.text))
    }

    fn new(code: u16, kind: ErrorKind, text: impl Into<String>) -> Self {
        Self {
            code,
            kind,
            text: text.into(),
            own: false,
        }
    }
}
