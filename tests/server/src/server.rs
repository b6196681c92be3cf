//! The server as its user holds it.

use std::io;
use std::net::SocketAddr;
use std::time::Duration;

use taro_socket_test_protocol::{Action, Behavior, Observation, Until};
use tokio::runtime::Handle;

use crate::files::Files;
use crate::listener::Listener;
use crate::options::Options;
use crate::shared::Shared;
use crate::thread::Thread;
use crate::tls::{Identity, Tls};

/// A running test server: `ws`, `wss`, and `wss` that demands a client certificate, each on its own port.
///
/// Dropping it ends the ports and every connection.
pub struct TestServer {
    ports: Ports,
    shared: Shared,
    tls: Tls,
    handle: Handle,
    // Dropped last: it waits for the thread, and ports must be closed by then.
    _thread: Option<Thread>,
}

struct Ports {
    plain: Listener,
    tls: Listener,
    mutual: Listener,
}

impl TestServer {
    /// Starts on free loopback ports, on the current tokio runtime.
    ///
    /// # Errors
    /// When a port cannot be bound or a certificate cannot be made.
    pub async fn start() -> io::Result<Self> {
        Self::start_with(Options::default()).await
    }

    /// Starts `ws` on `addr` and both `wss` ports on free ports of the same address.
    ///
    /// # Errors
    /// As [`TestServer::start`].
    pub async fn bind(addr: SocketAddr) -> io::Result<Self> {
        Self::start_with(Options {
            addr,
            ..Options::default()
        })
        .await
    }

    /// Starts as told, on the current tokio runtime.
    ///
    /// # Errors
    /// As [`TestServer::start`], and when the folder of files is none.
    pub async fn start_with(options: Options) -> io::Result<Self> {
        let addr = options.addr;
        let shared = Shared {
            files: options.files.as_deref().map(Files::new).transpose()?,
            ..Shared::default()
        };
        let tls = Tls::new(options.names)?;
        let free = SocketAddr::new(addr.ip(), 0);
        let ports = Ports {
            plain: Listener::start(addr, None, shared.clone()).await?,
            tls: Listener::start(free, Some(tls.open.clone()), shared.clone()).await?,
            mutual: Listener::start(free, Some(tls.mutual.clone()), shared.clone()).await?,
        };
        Ok(Self {
            ports,
            shared,
            tls,
            handle: Handle::current(),
            _thread: None,
        })
    }

    /// Starts on free loopback ports, on a thread and runtime of its own. Needs no runtime around it.
    ///
    /// # Errors
    /// As [`TestServer::start`], and when the thread cannot be started.
    pub fn start_on_thread() -> io::Result<Self> {
        Self::start_on_thread_with(Options::default())
    }

    /// Starts as told, on a thread and runtime of its own. Needs no runtime around it.
    ///
    /// # Errors
    /// As [`TestServer::start_with`], and when the thread cannot be started.
    pub fn start_on_thread_with(options: Options) -> io::Result<Self> {
        let (thread, mut server) = Thread::start(Self::start_with(options))?;
        server._thread = Some(thread);
        Ok(server)
    }

    /// Address of the `ws` port; the control channel is there too.
    #[must_use]
    pub fn addr(&self) -> SocketAddr {
        self.ports.plain.addr
    }

    /// Address of the `wss` port.
    #[must_use]
    pub fn tls_addr(&self) -> SocketAddr {
        self.ports.tls.addr
    }

    /// Address of the `wss` port that demands a client certificate.
    #[must_use]
    pub fn mutual_tls_addr(&self) -> SocketAddr {
        self.ports.mutual.addr
    }

    /// URL at which the server behaves so and files what it sees under `id`. The empty id files nothing.
    #[must_use]
    pub fn ws_url(&self, behavior: &Behavior, id: &str) -> String {
        format!("ws://{}{}", self.addr(), behavior.target(id))
    }

    /// As [`TestServer::ws_url`], through TLS; a client has to trust [`TestServer::ca_der`].
    #[must_use]
    pub fn wss_url(&self, behavior: &Behavior, id: &str) -> String {
        format!("wss://{}{}", self.tls_addr(), behavior.target(id))
    }

    /// As [`TestServer::wss_url`]; a client has to show [`TestServer::client_identity`] too.
    #[must_use]
    pub fn mutual_wss_url(&self, behavior: &Behavior, id: &str) -> String {
        format!("wss://{}{}", self.mutual_tls_addr(), behavior.target(id))
    }

    /// `http://` and the address, without a path: `/control/…` goes behind it.
    #[must_use]
    pub fn control_url(&self) -> String {
        format!("http://{}", self.addr())
    }

    /// URL of a file in the folder of [`Options::files`].
    #[must_use]
    pub fn page_url(&self, path: &str) -> String {
        format!("http://{}/{}", self.addr(), path.trim_start_matches('/'))
    }

    /// The certificate of the server's own authority, as DER.
    #[must_use]
    pub fn ca_der(&self) -> &[u8] {
        &self.tls.ca_der
    }

    /// The certificate of the server's own authority, as PEM.
    #[must_use]
    pub fn ca_pem(&self) -> &str {
        &self.tls.ca_pem
    }

    /// A client certificate that [`TestServer::mutual_wss_url`] accepts.
    #[must_use]
    pub fn client_identity(&self) -> &Identity {
        &self.tls.client
    }

    /// What was seen under `id` once `until` is met, or when `within` is over. Any executor may await it.
    pub async fn seen(&self, id: &str, until: Until, within: Duration) -> Observation {
        let (registry, id) = (self.shared.registry.clone(), id.to_owned());
        // Spawned: the timer belongs to the server's runtime, not to the caller's.
        let seen = self
            .handle
            .spawn(async move { registry.seen(&id, until, within).await });
        seen.await.unwrap_or_default()
    }

    /// Acts on the newest live connection of `id`; tells whether there was one. Any executor may await it.
    pub async fn act(&self, id: &str, action: Action) -> bool {
        self.shared.registry.act(id, action).await
    }

    /// Text posted to `/control/results?run=…` so far.
    #[must_use]
    pub fn results(&self, run: &str) -> Option<String> {
        self.shared.results.get(run)
    }

    /// Text posted for `run` once it holds `marker`; `None` when `within` is over first. Any executor may await it.
    pub async fn results_with(&self, run: &str, marker: &str, within: Duration) -> Option<String> {
        let results = self.shared.results.clone();
        let (run, marker) = (run.to_owned(), marker.to_owned());
        let waited = self
            .handle
            .spawn(async move { results.wait(&run, &marker, within).await });
        waited.await.ok().flatten()
    }
}

impl std::fmt::Debug for TestServer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("TestServer")
            .field("addr", &self.addr())
            .field("tls_addr", &self.tls_addr())
            .field("mutual_tls_addr", &self.mutual_tls_addr())
            .finish_non_exhaustive()
    }
}
