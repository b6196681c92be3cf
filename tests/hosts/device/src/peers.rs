//! The test servers, and addresses where nobody answers, as a device reaches them.

use std::fs;
use std::net::SocketAddr;
use std::path::Path;

use anyhow::{Context as _, Result};
use serde_json::{Map, Value, json};
use taro_socket_test_server::{Options, TestServer};
use tokio::net::TcpSocket;

use crate::Address;

/// A first label of more than 63 octets is not a name (RFC 1035 §2.3.4).
const UNKNOWN: &str = "an-over-long-label-is-refused-by-the-resolver-without-any-traffic.invalid";

/// The file of the configuration, and of the authority that a device may be made to trust.
const CONFIG: &str = "config.json";
const AUTHORITY: &str = "authority.crt";

/// What the device dials.
#[derive(Debug)]
pub(crate) struct Peers {
    pub(crate) server: TestServer,
    stranger: TestServer,
    /// Bound and not listening, so that the port stays unused.
    refused: (TcpSocket, SocketAddr),
    host: String,
}

impl Peers {
    /// Starts both servers on threads of their own; the first serves `files`.
    pub(crate) fn start(address: &Address, files: &Path) -> Result<Self> {
        let Address { host, listen } = address;
        let options = |addr, files| Options {
            addr,
            files,
            names: vec![host.clone()],
        };
        let free = SocketAddr::new(listen.ip(), 0);
        fs::create_dir_all(files)?;
        let server = TestServer::start_on_thread_with(options(*listen, Some(files.to_owned())));
        let server = server.with_context(|| {
            format!("cannot listen on {listen}: is it an address of this machine (--listen), and is the port free?")
        })?;
        fs::write(files.join(AUTHORITY), server.ca_pem())?;
        let unused = match free {
            SocketAddr::V4(_) => TcpSocket::new_v4()?,
            SocketAddr::V6(_) => TcpSocket::new_v6()?,
        };
        unused.bind(free)?;
        let unused_at = unused.local_addr()?;
        Ok(Self {
            server,
            stranger: TestServer::start_on_thread_with(options(free, None))?,
            refused: (unused, unused_at),
            host: host.clone(),
        })
    }

    /// Origin of the control channel.
    pub(crate) fn control(&self) -> String {
        self.at("http", self.server.addr())
    }

    /// Where a device finds the certificate of the server's authority.
    pub(crate) fn authority(&self) -> String {
        format!("{}/{AUTHORITY}", self.control())
    }

    /// Leaves the configuration where the device asks for it. `secure` replaces the server's own TLS port.
    pub(crate) fn serve(
        &self,
        files: &Path,
        secure_only: bool,
        secure: Option<&str>,
        rest: Map<String, Value>,
    ) -> Result<()> {
        let own = self.at("wss", self.server.tls_addr());
        let scheme = if secure_only { "wss" } else { "ws" };
        let mut config = rest;
        config.extend(map(json!({
            "control": self.control(),
            "plain": self.at("ws", self.server.addr()),
            "secure": secure.map_or(own, |url| url.trim_end_matches('/').to_owned()),
            "stranger": self.at("wss", self.stranger.tls_addr()),
            "stranger_control": self.at("http", self.stranger.addr()),
            "refused": format!("{}/", self.at(scheme, self.refused.1)),
            "unknown": format!("{scheme}://{UNKNOWN}/"),
        })));
        let text = serde_json::to_string(&config)?;
        Ok(fs::write(files.join(CONFIG), text)?)
    }

    fn at(&self, scheme: &str, addr: SocketAddr) -> String {
        format!("{scheme}://{}:{}", self.host, addr.port())
    }
}

/// The fields of a JSON object.
pub(crate) fn map(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(map) => map,
        _ => Map::new(),
    }
}
