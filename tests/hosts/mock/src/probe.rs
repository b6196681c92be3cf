//! The suite's line to one simulated peer.

use std::{future::poll_fn, sync::Arc, time::Duration};

use futures::{
    channel::oneshot,
    future::{self, Either},
};
use taro_socket_api::BoxFuture;
use taro_socket_conformance::{Action, Failure, Observation, Probe, Until};
use taro_socket_mock::VirtualClock;

use crate::peers::SimulatedPeer;

/// How long a probe waits: less than a case's deadline, so that a failure tells what was seen.
const PATIENCE: Duration = Duration::from_secs(5);

#[derive(Debug)]
pub(crate) struct PeerProbe {
    peer: Arc<SimulatedPeer>,
    clock: VirtualClock,
}

impl PeerProbe {
    pub(crate) fn new(peer: Arc<SimulatedPeer>, clock: VirtualClock) -> Self {
        Self { peer, clock }
    }
}

impl Probe for PeerProbe {
    fn seen(&self, until: Until) -> BoxFuture<'_, Result<Observation, Failure>> {
        Box::pin(async move {
            if until == Until::Now {
                // What is on its way at this moment arrives first, as it would between processes.
                self.clock.sleep(Duration::from_millis(1)).await;
            }
            let seen = poll_fn(|cx| self.peer.poll_seen(until, cx));
            Ok(
                match future::select(seen, self.clock.sleep(PATIENCE)).await {
                    Either::Left((seen, _)) => seen,
                    Either::Right(_) => self.peer.seen_in_vain(),
                },
            )
        })
    }

    fn act(&self, action: Action) -> BoxFuture<'_, Result<(), Failure>> {
        Box::pin(async move {
            let what = format!("{action:.80?}");
            let gone = || Failure::new(format!("no live connection to do {what}"));
            let (taken, told) = oneshot::channel();
            let line = self.peer.newest().ok_or_else(gone)?;
            line.unbounded_send((action, taken)).map_err(|_| gone())?;
            told.await.map_err(|_| gone())
        })
    }
}
