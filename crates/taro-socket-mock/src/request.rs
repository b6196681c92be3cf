//! What a peer sees of a connect.

use std::time::Duration;

use taro_socket_api::{ConnectRequest, Header, KeepAlive};

/// A connect as the peer sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct MockRequest {
    /// The URL.
    pub url: String,
    /// The caller's request header fields.
    pub header: Header,
    /// Subprotocols offered, in order.
    pub protocols: Vec<String>,
    /// TCP no-delay, if the caller asked for either.
    pub tcp_no_delay: Option<bool>,
    /// Whether compression was asked for.
    pub per_message_deflate: bool,
    /// Whether the cellular network was asked for.
    pub force_cellular_network: bool,
    /// How long the connection may take to open.
    pub timeout: Duration,
    /// How pings are sent, if the caller asked for them.
    pub keep_alive: Option<KeepAlive>,
}

impl MockRequest {
    pub(crate) fn new(request: &ConnectRequest) -> Self {
        Self {
            url: request.url().as_str().to_owned(),
            header: request.header().clone(),
            protocols: request.protocols().to_vec(),
            tcp_no_delay: request.tcp_no_delay(),
            per_message_deflate: request.per_message_deflate(),
            force_cellular_network: request.force_cellular_network(),
            timeout: request.timeout(),
            keep_alive: request.keep_alive_or(None),
        }
    }

    /// A request of [`pair`](crate::pair), which dials nobody.
    pub(crate) fn paired() -> Self {
        Self {
            url: "ws://pair.mock/".to_owned(),
            header: Header::new(),
            protocols: Vec::new(),
            tcp_no_delay: None,
            per_message_deflate: false,
            force_cellular_network: false,
            timeout: Duration::from_secs(60),
            keep_alive: None,
        }
    }
}
