//! The native connector, and the test server as its peers.

use std::{
    fmt, io,
    net::{Ipv4Addr, SocketAddr},
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use taro_socket::{
    CapabilitySet, ConnectSocketOption, Platform, Result, SocketConnector, SocketTask,
    connect_with,
    native::{NativeConnector, TlsOptions},
};
use taro_socket_conformance::{Behavior, BoxFuture, Failure, Harness, Peer, Probe, Target};
use taro_socket_test_server::TestServer;
use tokio::net::TcpSocket;

use crate::probe::ServerProbe;

/// A first label of more than 63 octets is not a name (RFC 1035 §2.3.4), so no resolver is asked.
const UNKNOWN_HOST: &str =
    "an-over-long-label-is-refused-by-the-resolver-without-any-traffic.invalid";

/// The connector under test and its peers.
pub struct NativeHarness {
    connector: NativeConnector,
    server: Arc<TestServer>,
    /// Its authority is not trusted by the connector.
    stranger: Arc<TestServer>,
    /// Bound and not listening, so that the port stays unused.
    refused: (TcpSocket, SocketAddr),
    peers: AtomicU64,
}

impl NativeHarness {
    /// Starts both servers, each on a thread of its own.
    ///
    /// # Errors
    ///
    /// When a port cannot be bound or a certificate cannot be made.
    pub fn start() -> io::Result<Self> {
        let server = TestServer::start_on_thread()?;
        let stranger = TestServer::start_on_thread()?;
        let tls = TlsOptions::new().add_root_certificate(server.ca_der());
        let unused = TcpSocket::new_v4()?;
        unused.bind(SocketAddr::from((Ipv4Addr::LOCALHOST, 0)))?;
        let address = unused.local_addr()?;
        Ok(Self {
            connector: NativeConnector::builder()
                .tls(tls)
                // Whatever the environment says: the peers are on this machine.
                .no_proxy()
                .build()
                .expect("options in order"),
            server: Arc::new(server),
            stranger: Arc::new(stranger),
            refused: (unused, address),
            peers: AtomicU64::new(0),
        })
    }

    /// The server that the connector trusts.
    #[must_use]
    pub fn server(&self) -> &TestServer {
        &self.server
    }

    fn make(&self, target: &Target) -> std::result::Result<Peer, Failure> {
        let id = self.peers.fetch_add(1, Ordering::Relaxed).to_string();
        let (url, server) = match target {
            Target::Plain(behavior) => (self.server.ws_url(behavior, &id), &self.server),
            Target::Secure(behavior) => (self.server.wss_url(behavior, &id), &self.server),
            Target::UntrustedTls => (self.stranger.wss_url(&Behavior::Echo, &id), &self.stranger),
            Target::Refused => (format!("ws://{}/", self.refused.1), &self.server),
            Target::UnknownHost => (format!("ws://{UNKNOWN_HOST}/"), &self.server),
            other => return Err(Failure::new(format!("no such peer: {other:?}"))),
        };
        let probe: Arc<dyn Probe> = Arc::new(ServerProbe::new(Arc::clone(server), id));
        Ok(Peer::new(url, probe))
    }
}

impl Harness for NativeHarness {
    fn platform(&self) -> Platform {
        self.connector.platform()
    }

    fn capabilities(&self) -> CapabilitySet {
        self.connector.capabilities()
    }

    fn has_network(&self) -> bool {
        true
    }

    fn peer(&self, target: Target) -> BoxFuture<'_, std::result::Result<Peer, Failure>> {
        Box::pin(async move { self.make(&target) })
    }

    fn connect(&self, option: ConnectSocketOption) -> BoxFuture<'_, Result<Arc<dyn SocketTask>>> {
        Box::pin(connect_with(&self.connector, option))
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()> {
        Box::pin(tokio::time::sleep(duration))
    }
}

impl fmt::Debug for NativeHarness {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("NativeHarness")
            .field("server", &self.server)
            .finish_non_exhaustive()
    }
}
