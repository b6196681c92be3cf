//! A connector in the browser, and the test server as its peers.

use std::{cell::Cell, fmt, sync::Arc, time::Duration};

use futures::channel::oneshot;
use taro_socket::{
    BoxFuture, CapabilitySet, ConnectSocketOption, Platform, Result, SocketConnector, SocketTask,
    connect_with, h5,
};
use taro_socket_conformance::{Behavior, Failure, Harness, Peer, Probe, Target};
use taro_socket_js::Timer;
use wasm_bindgen::JsValue;

use crate::{config::Config, probe::ControlProbe};

/// The connector under test and its peers.
pub(crate) struct PageHarness {
    connector: Arc<dyn SocketConnector>,
    config: Config,
    peers: Cell<u64>,
}

impl PageHarness {
    pub(crate) fn new(config: Config) -> Self {
        let connector: Arc<dyn SocketConnector> = match config.connector.as_str() {
            "taro" => Arc::new(taro_socket_taro_h5::TaroConnector),
            _ => Arc::new(h5::H5Connector::new()),
        };
        Self {
            connector,
            config,
            peers: Cell::new(0),
        }
    }

    fn make(&self, target: &Target) -> std::result::Result<Peer, Failure> {
        let number = self.peers.get();
        self.peers.set(number + 1);
        // Several runs share a server.
        let id = format!("{}-{number}", self.config.run);
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
        let probe: Arc<dyn Probe> = Arc::new(ControlProbe::new(control, id));
        Ok(Peer::new(url, probe))
    }
}

impl Harness for PageHarness {
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
        Box::pin(connect_with(&*self.connector, option))
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()> {
        Box::pin(sleep(duration))
    }

    fn ws_ready_state(&self, task: &dyn SocketTask) -> Option<u8> {
        let own = || h5::ws(task).map(JsValue::from);
        let ws = own().or_else(|| taro_socket_taro_h5::ws(task))?;
        let state = js_sys::Reflect::get(&ws, &"readyState".into()).ok()?;
        Some(state.as_f64()? as u8)
    }
}

/// Waits; at once where the host has no timers.
pub(crate) async fn sleep(duration: Duration) {
    let (sender, receiver) = oneshot::channel::<()>();
    let sender = Cell::new(Some(sender));
    let timer = Timer::start(duration, move || drop(sender.take()));
    // The end of the sender is the signal.
    let _ = receiver.await;
    drop(timer);
}

impl fmt::Debug for PageHarness {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PageHarness")
            .field("connector", &self.connector)
            .finish_non_exhaustive()
    }
}
