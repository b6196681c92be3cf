//! A checked request to connect.

use std::time::Duration;

use super::{Header, KeepAlive, Limits, SocketUrl, keep_alive::Pings, protocols::Protocols};
use crate::{Capability, CapabilitySet};

/// A checked request to connect: what a [`SocketConnector`](crate::SocketConnector) is given.
///
/// Only [`ConnectSocketOption::into_request`](crate::ConnectSocketOption::into_request) makes one, and
/// [`redirected`](Self::redirected) another of it, so an adapter has nothing to check.
#[derive(Clone, Debug)]
pub struct ConnectRequest {
    pub(super) url: SocketUrl,
    pub(super) header: Header,
    pub(super) protocols: Protocols,
    pub(super) tcp_no_delay: Option<bool>,
    pub(super) per_message_deflate: bool,
    pub(super) timeout: Duration,
    pub(super) force_cellular_network: bool,
    pub(super) limits: Limits,
    pub(super) pings: Pings,
    /// What the platform can do: the rest is left out.
    pub(super) capabilities: CapabilitySet,
}

impl ConnectRequest {
    /// The same request to another URL, with the header fields whose names `keep` takes: for adapters that follow redirects.
    #[must_use]
    pub fn redirected(&self, url: SocketUrl, keep: impl Fn(&str) -> bool) -> Self {
        let header = self.header.iter().filter(|(name, _)| keep(name)).collect();
        Self {
            url,
            header,
            ..self.clone()
        }
    }
}

static NO_HEADER: Header = Header::new();

impl ConnectRequest {
    /// The URL.
    #[must_use]
    pub fn url(&self) -> &SocketUrl {
        &self.url
    }

    /// Request headers; empty unless the platform can send them.
    #[must_use]
    pub fn header(&self) -> &Header {
        if self.capabilities.contains(Capability::RequestHeader) {
            &self.header
        } else {
            &NO_HEADER
        }
    }

    /// Subprotocols offered, in order of preference.
    #[must_use]
    pub fn protocols(&self) -> &[String] {
        &self.protocols.0
    }

    /// TCP no-delay, if the caller asked for either.
    #[must_use]
    pub fn tcp_no_delay(&self) -> Option<bool> {
        let possible = self.capabilities.contains(Capability::TcpNoDelay);
        self.tcp_no_delay.filter(|_| possible)
    }

    /// Whether compression is asked for.
    #[must_use]
    pub fn per_message_deflate(&self) -> bool {
        self.per_message_deflate && self.capabilities.contains(Capability::PerMessageDeflate)
    }

    /// How long the connection and the handshake may take together.
    #[must_use]
    pub fn timeout(&self) -> Duration {
        self.timeout
    }

    /// Whether the cellular network is asked for.
    #[must_use]
    pub fn force_cellular_network(&self) -> bool {
        self.force_cellular_network && self.capabilities.contains(Capability::ForceCellularNetwork)
    }

    /// How pings are sent, where the option says nothing as `default` has it; `None` if none are.
    #[must_use]
    pub fn keep_alive_or(&self, default: Option<KeepAlive>) -> Option<KeepAlive> {
        match self.pings {
            _ if !self.capabilities.contains(Capability::Ping) => None,
            Pings::Default => default,
            Pings::Off => None,
            Pings::On(keep_alive) => Some(keep_alive),
        }
    }

    /// Finite bounds of the connection.
    #[must_use]
    pub fn limits(&self) -> Limits {
        if self.capabilities.contains(Capability::SentFrameSize) {
            return self.limits;
        }
        self.limits.max_sent_frame_bytes(usize::MAX)
    }
}
