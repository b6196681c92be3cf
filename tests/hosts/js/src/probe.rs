//! The suite's line to one peer of the test server.

use taro_socket_api::BoxFuture;
use taro_socket_conformance::{Action, Failure, Observation, Probe, Until};

use crate::Http;

/// How long a probe waits, in milliseconds: less than a case's deadline, so that a failure tells what was seen.
const PATIENCE: u64 = 8000;

pub(crate) struct ControlProbe {
    http: Http,
    control: String,
    id: String,
}

impl ControlProbe {
    pub(crate) fn new(http: Http, control: &str, id: String) -> Self {
        let control = control.to_owned();
        Self { http, control, id }
    }
}

impl Probe for ControlProbe {
    fn seen(&self, until: Until) -> BoxFuture<'_, Result<Observation, Failure>> {
        Box::pin(async move {
            let (id, until) = (&self.id, until.name());
            let url = format!(
                "{}/control/seen?id={id}&until={until}&within={PATIENCE}",
                self.control
            );
            let answer = self.http.get(&url).await?.unwrap_or_default();
            serde_json::from_str(&answer)
                .map_err(|error| Failure::new(format!("{answer:.80} is no observation: {error}")))
        })
    }

    fn act(&self, action: Action) -> BoxFuture<'_, Result<(), Failure>> {
        Box::pin(async move {
            let url = format!("{}{}", self.control, action.target(&self.id));
            match self.http.get(&url).await? {
                Some(_) => Ok(()),
                None => Err(Failure::new(format!("no live connection to do {action:?}"))),
            }
        })
    }
}
