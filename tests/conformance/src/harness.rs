//! What a host offers to the suite.

use std::{fmt, sync::Arc, time::Duration};

use taro_socket_api::{
    BoxFuture, CapabilitySet, ConnectSocketOption, MaybeSend, MaybeSync, Platform, Result,
    SocketTask,
};
use taro_socket_test_protocol::{Action, Behavior, Observation, Until};

use crate::{App, Environment, Failure, live::Brief};

/// The connector under test, the peers it can dial, and a clock.
pub trait Harness: fmt::Debug + MaybeSend + MaybeSync + 'static {
    /// The platform of the connector under test.
    fn platform(&self) -> Platform;

    /// What the connector under test declares.
    fn capabilities(&self) -> CapabilitySet;

    /// Whether a real network is below; cases that need one are unsupported otherwise.
    fn has_network(&self) -> bool;

    /// How many sockets the host lets exist at once.
    fn max_sockets(&self) -> usize {
        usize::MAX
    }

    /// The app around the connector, where there is one that leaves the screen.
    fn app(&self) -> Option<&dyn App> {
        None
    }

    /// What the host has besides the connector under test.
    fn environment(&self) -> Environment {
        Environment {
            network: self.has_network(),
            app: self.app().is_some(),
            few_sockets: self.max_sockets() < usize::MAX,
        }
    }

    /// Makes a peer act so; the URL to dial, and a probe of what the peer sees.
    fn peer(&self, target: Target) -> BoxFuture<'_, std::result::Result<Peer, Failure>>;

    /// The facade's way to connect: `connect_with` on the connector under test.
    fn connect(&self, option: ConnectSocketOption) -> BoxFuture<'_, Result<Arc<dyn SocketTask>>>;

    /// `readyState` of the host's own object behind `task`, where there is one. Taro: `SocketTask.ws`.
    fn ws_ready_state(&self, task: &dyn SocketTask) -> Option<u8> {
        let _ = task;
        None
    }

    /// Waits, in virtual or real time.
    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()>;
}

/// Whom to dial.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Target {
    /// A peer at `ws://`.
    Plain(Behavior),
    /// A peer at `wss://` that the connector under test trusts.
    Secure(Behavior),
    /// An echo peer at `wss://` that the connector under test does not trust.
    UntrustedTls,
    /// An address at which nobody listens.
    Refused,
    /// A name that does not resolve.
    UnknownHost,
}

/// A peer: where to dial it, and what it sees.
#[derive(Clone)]
pub struct Peer {
    url: String,
    probe: Arc<dyn Probe>,
}

impl Peer {
    /// A peer at `url`.
    #[must_use]
    pub fn new(url: impl Into<String>, probe: Arc<dyn Probe>) -> Self {
        Self {
            url: url.into(),
            probe,
        }
    }

    /// The URL to dial.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }

    /// What the peer has seen once `until` is met.
    ///
    /// # Errors
    ///
    /// When the condition is not met in time, and when the client has broken RFC 6455.
    pub async fn seen(&self, until: Until) -> std::result::Result<Observation, Failure> {
        let seen = self.probe.seen(until).await?;
        if !seen.reached {
            let text = format!(
                "the peer waited in vain for {until:?}; it saw {}",
                Brief(&seen)
            );
            return Err(Failure::new(text));
        }
        if !seen.violations.is_empty() {
            let text = format!("the client broke RFC 6455: {:?}", seen.violations);
            return Err(Failure::new(text));
        }
        Ok(seen)
    }

    /// The code of the Close frame that the peer got, once the connection is closed.
    ///
    /// # Errors
    ///
    /// Those of [`seen`](Self::seen).
    pub async fn close_code(&self) -> std::result::Result<Option<u16>, Failure> {
        let seen = self.seen(Until::Closed).await?;
        Ok(seen.close.and_then(|close| close.code))
    }

    /// The connection has ended, whatever the client sent at last.
    ///
    /// # Errors
    ///
    /// When it does not end in time.
    pub async fn ended(&self) -> std::result::Result<(), Failure> {
        let seen = self.probe.seen(Until::Ended).await?;
        if seen.reached {
            return Ok(());
        }
        let text = format!(
            "the peer's connection does not end; it saw {}",
            Brief(&seen)
        );
        Err(Failure::new(text))
    }

    /// Makes the peer act now.
    ///
    /// # Errors
    ///
    /// When the peer has no open connection.
    pub async fn act(&self, action: Action) -> std::result::Result<(), Failure> {
        self.probe.act(action).await
    }
}

impl fmt::Debug for Peer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Peer").field("url", &self.url).finish()
    }
}

/// The suite's line to one peer.
pub trait Probe: MaybeSend + MaybeSync {
    /// What the peer has seen once `until` is met, or at the harness's own patience with
    /// [`Observation::reached`] unset.
    fn seen(&self, until: Until) -> BoxFuture<'_, std::result::Result<Observation, Failure>>;

    /// Makes the peer act now, on its newest live connection.
    fn act(&self, action: Action) -> BoxFuture<'_, std::result::Result<(), Failure>>;
}
