//! How far connecting has come, for the text of a time-out.

use std::time::Duration;

use taro_socket_api::{Error, ErrorKind};

/// What is waited for.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) enum Phase {
    #[default]
    Resolve,
    Connect,
    Tls,
    Handshake,
}

/// The present phase, and where to.
#[derive(Debug, Default)]
pub(crate) struct Progress {
    pub(crate) phase: Phase,
    /// `host:port`; empty before it is known.
    pub(crate) place: String,
}

impl Progress {
    /// The error of a connection that was not there in time.
    pub(crate) fn timed_out(&self, timeout: Duration) -> Error {
        let missing = match self.phase {
            Phase::Resolve => "its name was not resolved: check its spelling, the network, and DNS",
            Phase::Connect => "TCP was not accepted: check host and port, and firewalls between",
            Phase::Tls => {
                "the TLS handshake was not answered: does this port speak TLS, or is it ws://?"
            }
            Phase::Handshake => {
                "the opening handshake was not answered: is a WebSocket server at this port, and is the scheme right (ws:// or wss://)?"
            }
        };
        let place = &self.place;
        let text = format!("not connected to {place} within {timeout:?}: {missing}");
        Error::new(ErrorKind::Timeout, text)
    }
}
