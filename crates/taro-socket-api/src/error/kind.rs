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
    /// The proxy refused to open the way to the server, or did not answer as its protocol asks.
    Proxy,
    /// The proxy asks for credentials, or for others than it was given.
    ProxyAuthentication,
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

/// Whether trying again can help. The same on every platform:
///
/// | told | `Never` | `Later` |
/// |---|---|---|
/// | kind of an [`Error`](crate::Error) | `HostUnavailable`, `InvalidArgument`, `InvalidState`, `ProxyAuthentication`, `Tls`, `Unsupported` | all others |
/// | status of a refusal ([`Error::status`](crate::Error::status)) | 400, 401, 403, 404, 407, 426 | all others, unknown ones too (RFC 9110 §15) |
/// | code of a [`CloseEvent`](crate::CloseEvent) | 1003, 1008, 1009, 1010 | all others |
///
/// `Never` stands only where another try cannot mend it: an argument, a certificate, a name, a version. A status
/// weighs more than the kind. An adapter that knows more says so: a TLS handshake that was cut off is `Later`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum RetryAdvice {
    /// The same call will fail again: change it, or the server's set-up.
    Never,
    /// A new connection after a pause may succeed.
    Later,
}

impl ErrorKind {
    /// Whether trying again can help, as far as the kind alone tells; see [`RetryAdvice`].
    /// [`Error::retry`](crate::Error::retry) knows more.
    #[must_use]
    pub const fn retry(self) -> RetryAdvice {
        match self {
            Self::HostUnavailable
            | Self::InvalidArgument
            | Self::InvalidState
            | Self::ProxyAuthentication
            | Self::Tls
            | Self::Unsupported => RetryAdvice::Never,
            Self::Aborted
            | Self::Connect
            | Self::Dns
            | Self::Handshake
            | Self::InvalidUtf8
            | Self::LimitExceeded
            | Self::Protocol
            | Self::Proxy
            | Self::Timeout
            | Self::Transport
            | Self::Unknown => RetryAdvice::Later,
        }
    }
}

impl RetryAdvice {
    /// RFC 9110 §15.5.1, .2, .4, .5, .8, §15.5.22: what the server, or a proxy, says of this very request.
    pub(super) const fn of_status(status: u16) -> Self {
        match status {
            400 | 401 | 403 | 404 | 407 | 426 => Self::Never,
            _ => Self::Later,
        }
    }

    /// RFC 6455 §7.4.1: what the server says of this client, or of what it sends.
    pub(crate) const fn of_close_code(code: u16) -> Self {
        match code {
            1003 | 1008 | 1009 | 1010 => Self::Never,
            _ => Self::Later,
        }
    }
}

impl fmt::Display for ErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self, f)
    }
}
