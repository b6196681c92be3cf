//! The test servers, and addresses where nobody answers.

use std::net::{Ipv4Addr, SocketAddr};
use std::path::Path;

use anyhow::Result;
use serde_json::{Map, Value, json};
use taro_socket_test_server::{Options, TestServer};
use tokio::net::TcpSocket;

/// A first label of more than 63 octets is not a name (RFC 1035 §2.3.4).
const UNKNOWN: &str = "an-over-long-label-is-refused-by-the-resolver-without-any-traffic.invalid";

/// What the suite inside the host dials.
#[derive(Debug)]
pub struct Peers {
    /// Also takes the results.
    pub server: TestServer,
    stranger: TestServer,
    /// Bound and not listening, so that the port stays unused.
    refused: (TcpSocket, SocketAddr),
}

impl Peers {
    /// Starts both servers on threads of their own; the first serves `files`.
    ///
    /// # Errors
    ///
    /// When a port cannot be had.
    pub fn start(files: Option<&Path>) -> Result<Self> {
        let options = Options {
            files: files.map(Path::to_owned),
            ..Options::default()
        };
        let unused = TcpSocket::new_v4()?;
        unused.bind(SocketAddr::from((Ipv4Addr::LOCALHOST, 0)))?;
        let address = unused.local_addr()?;
        Ok(Self {
            server: TestServer::start_on_thread_with(options)?,
            stranger: TestServer::start_on_thread()?,
            refused: (unused, address),
        })
    }

    /// The part of the configuration that names them. `scheme`, `ws` or `wss`, is that of peers that nobody reaches.
    #[must_use]
    pub fn config(&self, scheme: &str) -> Map<String, Value> {
        let value = json!({
            "control": self.server.control_url(),
            "plain": format!("ws://{}", self.server.addr()),
            "secure": format!("wss://{}", self.server.tls_addr()),
            "stranger": format!("wss://{}", self.stranger.tls_addr()),
            "stranger_control": self.stranger.control_url(),
            "refused": format!("{scheme}://{}/", self.refused.1),
            "unknown": format!("{scheme}://{UNKNOWN}/"),
        });
        match value {
            Value::Object(map) => map,
            _ => Map::new(),
        }
    }
}
