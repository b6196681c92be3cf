//! The suite's line to one peer of the test server.

use std::{fmt, sync::Arc, time::Duration};

use taro_socket_conformance::{Action, BoxFuture, Failure, Observation, Probe, Until};
use taro_socket_test_server::TestServer;

/// How long a probe waits: less than a case's deadline, so that a failure tells what was seen.
const PATIENCE: Duration = Duration::from_secs(8);

pub(crate) struct ServerProbe {
    server: Arc<TestServer>,
    id: String,
}

impl ServerProbe {
    pub(crate) fn new(server: Arc<TestServer>, id: String) -> Self {
        Self { server, id }
    }
}

impl Probe for ServerProbe {
    fn seen(&self, until: Until) -> BoxFuture<'_, Result<Observation, Failure>> {
        Box::pin(async move { Ok(self.server.seen(&self.id, until, PATIENCE).await) })
    }

    fn act(&self, action: Action) -> BoxFuture<'_, Result<(), Failure>> {
        Box::pin(async move {
            let what = format!("{action:?}");
            if self.server.act(&self.id, action).await {
                Ok(())
            } else {
                Err(Failure::new(format!("no live connection to do {what:.80}")))
            }
        })
    }
}

impl fmt::Debug for ServerProbe {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ServerProbe")
            .field("id", &self.id)
            .finish_non_exhaustive()
    }
}
