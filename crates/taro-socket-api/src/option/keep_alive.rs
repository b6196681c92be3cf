//! Pings that tell whether the server is still there.

use std::time::Duration;

use crate::{Error, ErrorKind, Result};

/// When a server that says nothing is asked, and when it is given up (RFC 6455 §5.5.2).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KeepAlive {
    /// After so long without a byte from the server a Ping is sent, or up to a tenth sooner, so that many clients do not
    /// ping together.
    pub interval: Duration,
    /// How long the server may then say nothing, until the connection ends.
    pub deadline: Duration,
}

impl KeepAlive {
    /// Both are above zero.
    ///
    /// # Errors
    ///
    /// `InvalidArgument` if one is zero.
    pub fn new(interval: Duration, deadline: Duration) -> Result<Self> {
        if interval.is_zero() || deadline.is_zero() {
            let text = "keep_alive takes an interval and a deadline above zero; to send no pings, call without_keep_alive";
            return Err(Error::new(ErrorKind::InvalidArgument, text));
        }
        Ok(Self { interval, deadline })
    }
}

/// What an option says of pings.
#[derive(Clone, Copy, Debug, Default)]
pub(super) enum Pings {
    /// Nothing: the connector's default holds.
    #[default]
    Default,
    Off,
    On(KeepAlive),
}
