//! Kinds of errors, and whether trying again can help.

use std::fmt;

/// What went wrong, in one word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The connection, or the queued action, was given up before it could finish.
    Aborted,
    /// The server could not be reached: refused or unreachable.
    Connect,
    /// The server's name could not be resolved.
    Dns,
    /// The server did not answer the opening handshake as RFC 6455 §4.2.2 asks.
    Handshake,
    /// The host has no such function, or no runtime is there to run on.
    HostUnavailable,
    /// An argument is malformed; the call had no effect.
    InvalidArgument,
    /// The task's state does not allow the call; the call had no effect.
    InvalidState,
    /// A text message or close reason from the peer is not UTF-8; closed with 1007.
    InvalidUtf8,
    /// A size or count went over its limit.
    LimitExceeded,
    /// The peer broke RFC 6455; closed with 1002.
    Protocol,
    /// The connection was not established in time.
    Timeout,
    /// TLS failed, for example because the certificate is not trusted.
    Tls,
    /// The established connection broke.
    Transport,
    /// The platform cannot do what was asked; see [`Capability`](crate::Capability).
    Unsupported,
    /// The host failed without saying anything that fits another kind.
    Unknown,
}

/// Whether trying again can help.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum RetryAdvice {
    /// The same call will fail again: change it, or the server's set-up.
    Never,
    /// A new connection after a pause may succeed.
    Later,
}

impl ErrorKind {
    /// Whether trying again can help, as far as the kind alone tells: `Later` for `Aborted`, `Connect`, `Dns`,
    /// `Timeout`, `Transport` and `Unknown`. [`Error::retry`](crate::Error::retry) also looks at the server's status.
    #[must_use]
    pub const fn retry(self) -> RetryAdvice {
        match self {
            Self::Aborted
            | Self::Connect
            | Self::Dns
            | Self::Timeout
            | Self::Transport
            | Self::Unknown => RetryAdvice::Later,
            Self::Handshake
            | Self::HostUnavailable
            | Self::InvalidArgument
            | Self::InvalidState
            | Self::InvalidUtf8
            | Self::LimitExceeded
            | Self::Protocol
            | Self::Tls
            | Self::Unsupported => RetryAdvice::Never,
        }
    }
}

impl RetryAdvice {
    /// Statuses that say "later" (RFC 9110 §15.5.9, §15.6; RFC 6585 §4): 408, 425, 429, 500, 502, 503, 504.
    pub(super) const fn of_status(status: u16) -> Self {
        match status {
            408 | 425 | 429 | 500 | 502 | 503 | 504 => Self::Later,
            _ => Self::Never,
        }
    }
}

impl fmt::Display for ErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self, f)
    }
}
