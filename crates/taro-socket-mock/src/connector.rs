//! What makes mock tasks.

use std::{
    collections::VecDeque,
    fmt,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use taro_socket_api::{
    BoxFuture, Capability, CapabilitySet, ConnectRequest, ConnectSocketOption, ErrorKind, Platform,
    Result, SocketConnector, SocketTask, SocketUrl, connect_with,
};

use crate::{
    app::MockApp,
    clock::VirtualClock,
    connection::Connection,
    error::{MockError, from_host},
    fault::{Fault, Faults, Neighbours},
    link::Link,
    peer::PeerSocket,
    record::{MockPeer, Record},
    request::MockRequest,
    script::{self, Script},
    server::Server,
    sockets::Sockets,
};

/// All that the mock simulates.
const CAPABILITIES: CapabilitySet = CapabilitySet::of(&[
    Capability::RequestHeader,
    Capability::ResponseHeader,
    Capability::HandshakeResponse,
    Capability::PlainWs,
    Capability::TcpNoDelay,
    Capability::InboundBackPressure,
    Capability::FrameLimits,
    Capability::PeerErrorCodes,
    Capability::SelectedProtocol,
    Capability::CloseStatus,
    Capability::CloseAnswer,
    Capability::Ping,
]);

/// Makes tasks whose peers are scripts and functions of a test. A clone shares them.
///
/// A connect takes the first script of its URL, then the first one for any URL, then the server. Without any
/// the connection fails with [`MockError::NoScript`].
#[derive(Clone)]
pub struct MockConnector {
    clock: VirtualClock,
    capabilities: CapabilitySet,
    faults: Faults,
    peers: Arc<Mutex<Peers>>,
    neighbours: Neighbours,
    app: MockApp,
    sockets: Sockets,
}

#[derive(Default)]
struct Peers {
    scripts: VecDeque<Waiting>,
    server: Option<Arc<dyn Server>>,
    /// Every scripted peer, for `verify`.
    all: Vec<MockPeer>,
}

/// A script that no connect has taken yet.
struct Waiting {
    /// `None` for any URL.
    url: Option<String>,
    script: Script,
    record: Record,
}

impl Default for MockConnector {
    fn default() -> Self {
        Self {
            clock: VirtualClock::new(),
            capabilities: CAPABILITIES,
            faults: Faults::default(),
            peers: Arc::default(),
            neighbours: Arc::default(),
            app: MockApp::default(),
            sockets: Sockets::default(),
        }
    }
}

impl MockConnector {
    /// A connector with its own clock, without scripts.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The connector with these capabilities, to act like another platform.
    ///
    /// The default is all that the mock simulates: not `PerMessageDeflate`, `ForceCellularNetwork` and `Ws`.
    /// The first two, when given, only show in [`MockRequest`]; a mock task has no host's object to give.
    #[must_use]
    pub fn with_capabilities(mut self, capabilities: CapabilitySet) -> Self {
        self.capabilities = capabilities;
        self
    }

    /// The connector on a clock that it shares.
    #[must_use]
    pub fn with_clock(mut self, clock: VirtualClock) -> Self {
        self.clock = clock;
        self
    }

    /// The connector with this bound on the sockets that exist at once, as mini-programs have one. A connect above
    /// it fails with `LimitExceeded`; a place is free again once a connection has ended.
    #[must_use]
    pub fn with_max_sockets(mut self, max: usize) -> Self {
        self.sockets = Sockets::new(max);
        self
    }

    /// The connector with a deliberate defect, for testing conformance suites.
    #[must_use]
    pub fn with_fault(mut self, fault: Fault) -> Self {
        self.faults = Faults::new(fault);
        self
    }

    /// Connects as [`connect_with`] does, with this connector.
    ///
    /// # Errors
    ///
    /// Those of [`connect_with`]; a connector with [`Fault::SkipsArgumentCheck`] connects elsewhere instead
    /// of refusing a malformed argument.
    pub async fn connect(&self, option: ConnectSocketOption) -> Result<Arc<dyn SocketTask>> {
        let made = connect_with(self, option).await;
        match made {
            Err(error)
                if error.kind() == ErrorKind::InvalidArgument
                    && self.faults.skips_argument_check() =>
            {
                connect_with(
                    self,
                    ConnectSocketOption::new("ws://mock.invalid/unchecked"),
                )
                .await
            }
            made => made,
        }
    }

    /// How many sockets may exist at once; `usize::MAX` without a bound.
    #[must_use]
    pub fn max_sockets(&self) -> usize {
        self.sockets.max()
    }

    /// The app whose connections these are.
    #[must_use]
    pub fn app(&self) -> &MockApp {
        &self.app
    }

    /// The clock on which connections run.
    #[must_use]
    pub fn clock(&self) -> &VirtualClock {
        &self.clock
    }

    /// Gives one connect, to whatever URL, this script.
    pub fn script(&self, write: impl FnOnce(Script) -> Script) -> MockPeer {
        self.add(None, write(Script::new()))
    }

    /// Gives one connect to `url` this script.
    pub fn script_for(&self, url: &str, write: impl FnOnce(Script) -> Script) -> MockPeer {
        // A URL that no request can have stays as it is: its script is never taken, and `verify` says so.
        let url = SocketUrl::parse(url).map_or_else(|_| url.to_owned(), |url| url.to_string());
        self.add(Some(url), write(Script::new()))
    }

    /// Lets `server` act as the peer of every connect that finds no script; the last server stands.
    ///
    /// ```
    /// use taro_socket_api::{ConnectSocketOption, connect_with};
    /// use taro_socket_mock::{MockConnector, PeerEvent, PeerSocket};
    ///
    /// let mock = MockConnector::new();
    /// mock.serve(async |peer: PeerSocket| {
    ///     peer.accept();
    ///     while let PeerEvent::Message(message) = peer.recv().await {
    ///         peer.send(message);
    ///     }
    /// });
    /// # let _ = mock;
    /// ```
    pub fn serve(&self, server: impl Server) {
        let replaced = self.peers().server.replace(Arc::new(server));
        drop(replaced);
    }

    /// Whether every script was taken and has run to its end with every expectation met.
    ///
    /// # Errors
    ///
    /// The first [`MockError`], in order of scripts.
    pub fn verify(&self) -> std::result::Result<(), MockError> {
        let all = self.peers().all.clone();
        all.iter().try_for_each(MockPeer::verify)
    }

    fn add(&self, url: Option<String>, script: Script) -> MockPeer {
        let record = Record::default();
        script.announce(&record);
        let peer = MockPeer::new(record.clone());
        let mut peers = self.peers();
        peers.all.push(peer.clone());
        peers.scripts.push_back(Waiting {
            url,
            script,
            record,
        });
        peer
    }

    fn peers(&self) -> MutexGuard<'_, Peers> {
        self.peers.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The peer of a connect, acting on a new link.
    fn dial(&self, request: &MockRequest) -> (Arc<Link>, BoxFuture<'static, ()>) {
        let link = Link::new();
        let socket = |record| {
            let clock = self.clock.downgrade();
            PeerSocket::new(request.clone(), Arc::clone(&link), clock, record)
        };
        let mut peers = self.peers();
        let taken = peers.take_script(&request.url);
        let server = peers.server.clone();
        drop(peers);
        let acting: BoxFuture<'static, ()> = match (taken, server) {
            (Some(Waiting { script, record, .. }), _) => {
                Box::pin(script::run(script, socket(record.clone()), record))
            }
            (None, Some(server)) => server.serve(socket(Record::default())),
            (None, None) => {
                let url = request.url.clone();
                socket(Record::default()).fail(from_host(MockError::NoScript { url }));
                Box::pin(async {})
            }
        };
        (link, acting)
    }
}

impl Peers {
    fn take_script(&mut self, url: &str) -> Option<Waiting> {
        let own = |waiting: &Waiting| waiting.url.as_deref() == Some(url);
        let any = |waiting: &Waiting| waiting.url.is_none();
        let at = self.scripts.iter().position(own);
        let at = at.or_else(|| self.scripts.iter().position(any))?;
        self.scripts.remove(at)
    }
}

impl SocketConnector for MockConnector {
    fn platform(&self) -> Platform {
        Platform::Mock
    }

    fn capabilities(&self) -> CapabilitySet {
        self.faults.capabilities(self.capabilities)
    }

    fn connect_socket_now(&self, request: ConnectRequest) -> Result<Arc<dyn SocketTask>> {
        let socket = self.sockets.take(self.faults)?;
        let mut seen = MockRequest::new(&request);
        self.faults.request(&mut seen);
        let (link, acting) = self.dial(&seen);
        let clock = self.clock.downgrade();
        if self.faults.dials_twice() {
            clock.spawn(self.dial(&seen).1);
        }
        let connection = Connection {
            app: self.app.clone(),
            socket: Some(socket),
            clock: clock.clone(),
            capabilities: self.capabilities(),
            faults: self.faults,
            neighbours: Arc::clone(&self.neighbours),
            limits: request.limits(),
            request: MockRequest::new(&request),
            link,
        };
        let task = connection.start();
        clock.spawn(acting);
        Ok(task)
    }
}

impl fmt::Debug for MockConnector {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MockConnector")
            .field("clock", &self.clock)
            .field("capabilities", &self.capabilities)
            .finish_non_exhaustive()
    }
}
