//! The mock connector, and simulated peers for every target.

use std::{sync::Arc, time::Duration};

use taro_socket_api::{
    BoxFuture, Capability, CapabilitySet, ConnectSocketOption, Platform, Result, SocketConnector,
    SocketTask,
};
use taro_socket_conformance::{App, Failure, Harness, Peer, Target};
use taro_socket_mock::{MockApp, MockConnector, VirtualClock};

use crate::{peers::Peers, probe::PeerProbe};

/// The connector under test and its simulated peers, all on one clock.
#[derive(Debug)]
pub struct MockHarness {
    connector: MockConnector,
    capabilities: CapabilitySet,
    network: bool,
    peers: Arc<Peers>,
    app: HostApp,
}

/// The mock's app, to be hidden by the suite.
#[derive(Debug)]
struct HostApp(MockApp);

impl MockHarness {
    /// A harness of `connector`; with `network` the simulated peers count as a network.
    #[must_use]
    pub fn new(connector: MockConnector, network: bool) -> Self {
        let peers = Arc::new(Peers::default());
        let acting = Arc::clone(&peers);
        connector.serve(move |socket| Arc::clone(&acting).act(socket));
        Self {
            capabilities: connector.capabilities(),
            app: HostApp(connector.app().clone()),
            connector,
            network,
            peers,
        }
    }

    /// The harness with these capabilities told to the suite, whatever the connector declares.
    #[must_use]
    pub fn declaring(mut self, capabilities: CapabilitySet) -> Self {
        self.capabilities = capabilities;
        self
    }

    /// The clock of the connector and its peers.
    #[must_use]
    pub fn clock(&self) -> &VirtualClock {
        self.connector.clock()
    }
}

impl Harness for MockHarness {
    fn platform(&self) -> Platform {
        self.connector.platform()
    }

    fn capabilities(&self) -> CapabilitySet {
        self.capabilities
    }

    fn has_network(&self) -> bool {
        self.network
    }

    fn max_sockets(&self) -> usize {
        self.connector.max_sockets()
    }

    fn app(&self) -> Option<&dyn App> {
        Some(&self.app)
    }

    fn peer(&self, target: Target) -> BoxFuture<'_, std::result::Result<Peer, Failure>> {
        let (url, peer) = self.peers.add(&target);
        let probe = PeerProbe::new(peer, self.clock().clone());
        Box::pin(async move { Ok(Peer::new(url, Arc::new(probe))) })
    }

    fn connect(&self, option: ConnectSocketOption) -> BoxFuture<'_, Result<Arc<dyn SocketTask>>> {
        Box::pin(self.connector.connect(option))
    }

    /// The mock's task stands for the object of a host.
    fn ws_ready_state(&self, task: &dyn SocketTask) -> Option<u8> {
        let given = self.connector.capabilities().contains(Capability::Ws);
        given.then(|| task.ready_state().code())
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()> {
        Box::pin(self.clock().sleep(duration))
    }
}

impl App for HostApp {
    fn hide(&self) -> std::result::Result<(), Failure> {
        self.0.hide();
        Ok(())
    }

    fn end_sockets(&self) -> std::result::Result<(), Failure> {
        self.0.end_connections();
        Ok(())
    }

    fn show(&self) -> std::result::Result<(), Failure> {
        self.0.show();
        Ok(())
    }
}
