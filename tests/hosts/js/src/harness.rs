//! A connector in its host, and the test server as its peers.

use std::{cell::Cell, fmt, rc::Rc, sync::Arc, time::Duration};

use futures::channel::oneshot;
use taro_socket_api::{
    BoxFuture, CapabilitySet, ConnectSocketOption, Platform, Result, SocketConnector, SocketTask,
    connect_with,
};
use taro_socket_conformance::{Action, App, Behavior, Failure, Harness, Peer, Probe, Target};
use taro_socket_js::Timer;

use crate::{Config, Http, probe::ControlProbe};

/// The connector under test.
#[derive(Clone, Debug)]
pub struct Connector {
    /// Makes the tasks.
    pub connector: Arc<dyn SocketConnector>,
    /// How many sockets the host lets exist at once.
    pub max_sockets: usize,
    /// `readyState` of the host's own object behind a task, where it can be had.
    pub ws_ready_state: fn(&dyn SocketTask) -> Option<u8>,
    /// The app, where the suite can hide it.
    pub app: Option<Rc<dyn App>>,
}

/// The connector under test and its peers.
pub struct HostHarness {
    connector: Connector,
    config: Config,
    http: Http,
    peers: Cell<u64>,
    /// How many of them have been told to drop what is left.
    dropped: Cell<u64>,
}

impl HostHarness {
    /// A harness over this connector.
    #[must_use]
    pub fn new(connector: Connector, config: Config, http: Http) -> Self {
        Self {
            connector,
            config,
            http,
            peers: Cell::new(0),
            dropped: Cell::new(0),
        }
    }

    /// Lets the peers made so far drop the connection that they may still have.
    ///
    /// # Errors
    ///
    /// When the test server does not answer.
    pub async fn drop_peers(&self) -> std::result::Result<(), Failure> {
        let drop = Action::Drop { reset: true };
        for number in self.dropped.replace(self.peers.get())..self.peers.get() {
            let target = drop.target(&self.id(number));
            self.http
                .get(&format!("{}{target}", self.config.control))
                .await?;
        }
        Ok(())
    }

    /// Several runs share a server.
    fn id(&self, number: u64) -> String {
        format!("{}-{number}", self.config.run)
    }

    fn make(&self, target: &Target) -> std::result::Result<Peer, Failure> {
        let number = self.peers.get();
        self.peers.set(number + 1);
        let id = self.id(number);
        let config = &self.config;
        let at = |base: &str, behavior: &Behavior| format!("{base}{}", behavior.target(&id));
        let (url, control) = match target {
            Target::Plain(behavior) => (at(&config.plain, behavior), &config.control),
            Target::Secure(behavior) => (at(&config.secure, behavior), &config.control),
            Target::UntrustedTls => (
                at(&config.stranger, &Behavior::Echo),
                &config.stranger_control,
            ),
            Target::Refused => (config.refused.clone(), &config.control),
            Target::UnknownHost => (config.unknown.clone(), &config.control),
            other => return Err(Failure::new(format!("no such peer: {other:?}"))),
        };
        #[expect(
            clippy::arc_with_non_send_sync,
            reason = "the suite says Arc; here is one thread"
        )]
        let probe: Arc<dyn Probe> = Arc::new(ControlProbe::new(self.http.clone(), control, id));
        Ok(Peer::new(url, probe))
    }
}

impl Harness for HostHarness {
    fn platform(&self) -> Platform {
        self.connector.connector.platform()
    }

    fn capabilities(&self) -> CapabilitySet {
        self.connector.connector.capabilities()
    }

    fn has_network(&self) -> bool {
        true
    }

    fn max_sockets(&self) -> usize {
        self.connector.max_sockets
    }

    fn app(&self) -> Option<&dyn App> {
        self.connector.app.as_deref()
    }

    fn peer(&self, target: Target) -> BoxFuture<'_, std::result::Result<Peer, Failure>> {
        Box::pin(async move { self.make(&target) })
    }

    fn connect(&self, option: ConnectSocketOption) -> BoxFuture<'_, Result<Arc<dyn SocketTask>>> {
        Box::pin(connect_with(&*self.connector.connector, option))
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()> {
        Box::pin(sleep(duration))
    }

    fn ws_ready_state(&self, task: &dyn SocketTask) -> Option<u8> {
        (self.connector.ws_ready_state)(task)
    }
}

/// Waits; at once where the host has no timers.
pub async fn sleep(duration: Duration) {
    let (sender, receiver) = oneshot::channel::<()>();
    let sender = Cell::new(Some(sender));
    let timer = Timer::start(duration, move || drop(sender.take()));
    // The end of the sender is the signal.
    let _ = receiver.await;
    drop(timer);
}

impl fmt::Debug for HostHarness {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HostHarness")
            .field("connector", &self.connector)
            .finish_non_exhaustive()
    }
}
