//! The outcomes that a host posts, as they come.

use std::time::{Duration, Instant};

use anyhow::Result;
use taro_socket_conformance::{Outcome, runner::print_outcome};
use taro_socket_test_server::TestServer;

/// A host from which nothing comes for so long is given up.
const SILENCE: Duration = Duration::from_secs(90);

/// What one run has posted so far.
#[derive(Debug)]
pub struct Progress {
    name: String,
    shown: usize,
    last: Instant,
}

impl Progress {
    /// Of the run with this name; nothing yet.
    #[must_use]
    pub fn new(run: &str) -> Self {
        Self {
            name: format!("{run}-progress"),
            shown: 0,
            last: Instant::now(),
        }
    }

    /// Prints what is new, as it counts.
    ///
    /// # Errors
    ///
    /// When the host posted something else than outcomes.
    pub fn show(&mut self, server: &TestServer, judge: &dyn Fn(Outcome) -> Outcome) -> Result<()> {
        let lines = server.results(&self.name).unwrap_or_default();
        for line in lines.lines().skip(self.shown) {
            self.shown += 1;
            self.last = Instant::now();
            print_outcome(&judge(serde_json::from_str(line)?));
        }
        Ok(())
    }

    /// How many outcomes have come.
    #[must_use]
    pub fn shown(&self) -> usize {
        self.shown
    }

    /// For how many seconds nothing has come, if that is too long.
    #[must_use]
    pub fn silence(&self) -> Option<u64> {
        (self.last.elapsed() > SILENCE).then_some(SILENCE.as_secs())
    }
}
