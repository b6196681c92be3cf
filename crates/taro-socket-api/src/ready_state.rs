//! The four states of a connection, with Taro's numbers.

use std::fmt;

/// State of a connection; the numbers are Taro's `readyState` and WHATWG's (WebSockets §3.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
#[allow(clippy::exhaustive_enums, reason = "WHATWG fixes the four states")]
pub enum ReadyState {
    /// The connection is not established yet.
    Connecting = 0,
    /// The connection is established and messages flow.
    Open = 1,
    /// `close` was called or a failure was seen; the end has not been reported yet.
    Closing = 2,
    /// The connection has ended, or could not be established.
    Closed = 3,
}

impl ReadyState {
    /// Taro's `readyState` number, 0 to 3.
    #[must_use]
    pub const fn code(self) -> u8 {
        self as u8
    }

    pub(crate) const fn from_code(code: u8) -> Self {
        match code {
            0 => Self::Connecting,
            1 => Self::Open,
            2 => Self::Closing,
            _ => Self::Closed,
        }
    }
}

impl fmt::Display for ReadyState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Connecting => "CONNECTING",
            Self::Open => "OPEN",
            Self::Closing => "CLOSING",
            Self::Closed => "CLOSED",
        })
    }
}
