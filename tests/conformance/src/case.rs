//! One case, and the one way to run it.

use std::{fmt, panic::AssertUnwindSafe, sync::Arc, time::Duration};

use futures::{FutureExt, future};
use taro_socket_api::{BoxFuture, Capability, CapabilitySet};
use taro_socket_report::{Outcome, Status};

use crate::{Cx, Environment, Failure, Fault, Harness};

/// Time in which a case has to end unless it says otherwise.
const DEADLINE: Duration = Duration::from_secs(10);

type Run = fn(Cx) -> BoxFuture<'static, Result<(), Failure>>;

/// One statement about an adapter, and the function that checks it.
#[derive(Clone, Copy)]
#[non_exhaustive]
pub struct Case {
    /// Area, subject and statement, joined by slashes.
    pub id: &'static str,
    /// Where the rule stands.
    pub spec: &'static str,
    /// Taro API names, and capabilities as `Capability.X`.
    pub covers: &'static [&'static str],
    /// Capabilities that have to be declared.
    pub requires: &'static [Capability],
    /// Capabilities that must not be declared: the case proves their refusal.
    pub forbids: &'static [Capability],
    /// Whether a real network has to be below.
    pub network: bool,
    /// Whether there has to be an app that leaves the screen.
    pub app: bool,
    /// Whether the host has to bound the sockets that exist at once.
    pub few_sockets: bool,
    /// The fault that the case catches.
    pub fault: Fault,
    /// Time in which the case has to end.
    pub deadline: Duration,
    /// The check.
    pub run: Run,
}

impl Case {
    pub(crate) const fn new(id: &'static str, spec: &'static str, fault: Fault, run: Run) -> Self {
        Self {
            id,
            spec,
            covers: &[],
            requires: &[],
            forbids: &[],
            network: false,
            app: false,
            few_sockets: false,
            fault,
            deadline: DEADLINE,
            run,
        }
    }

    pub(crate) const fn covers(mut self, names: &'static [&'static str]) -> Self {
        self.covers = names;
        self
    }

    pub(crate) const fn requires(mut self, capabilities: &'static [Capability]) -> Self {
        self.requires = capabilities;
        self
    }

    pub(crate) const fn forbids(mut self, capabilities: &'static [Capability]) -> Self {
        self.forbids = capabilities;
        self
    }

    pub(crate) const fn network(mut self) -> Self {
        self.network = true;
        self
    }

    pub(crate) const fn app(mut self) -> Self {
        self.app = true;
        self
    }

    pub(crate) const fn few_sockets(mut self) -> Self {
        self.few_sockets = true;
        self
    }

    pub(crate) const fn deadline(mut self, seconds: u64) -> Self {
        self.deadline = Duration::from_secs(seconds);
        self
    }

    /// The first part of the id.
    #[must_use]
    pub fn area(&self) -> &'static str {
        area_of(self.id)
    }

    /// Why the case does not apply where these capabilities are declared, in this environment; `None` if it does.
    #[must_use]
    pub fn unsupported(&self, capabilities: CapabilitySet, around: Environment) -> Option<String> {
        let mut missing = self.requires.iter();
        if let Some(missing) = missing.find(|name| !capabilities.contains(**name)) {
            return Some(format!("{missing} is not declared"));
        }
        let mut declared = self.forbids.iter();
        if let Some(declared) = declared.find(|name| capabilities.contains(**name)) {
            return Some(format!(
                "{declared} is declared: there is nothing to refuse"
            ));
        }
        let needs = [
            (self.network && !around.network, "no real network is below"),
            (
                self.app && !around.app,
                "no app is there that leaves the screen",
            ),
            (
                self.few_sockets && !around.few_sockets,
                "any number of sockets may exist",
            ),
        ];
        let lacking = needs.into_iter().find(|(lacks, _)| *lacks);
        lacking.map(|(_, why)| why.to_owned())
    }

    /// The outcome with this status.
    #[must_use]
    pub fn outcome(&self, status: Status, detail: Option<String>) -> Outcome {
        let required = self.requires.iter().map(|name| name.to_string());
        let absent = self.forbids.iter().map(|name| format!("!{name}"));
        Outcome {
            id: self.id.to_owned(),
            area: self.area().to_owned(),
            spec: self.spec.to_owned(),
            requires: required.chain(absent).collect(),
            covers: self.covers.iter().map(|name| (*name).to_owned()).collect(),
            status,
            detail,
        }
    }
}

impl fmt::Debug for Case {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Case")
            .field("id", &self.id)
            .finish_non_exhaustive()
    }
}

/// The first part of a case's id.
#[must_use]
pub fn area_of(id: &str) -> &str {
    id.split('/').next().unwrap_or(id)
}

/// Runs one case: unsupported where it does not apply, failed when it says so, panics or is late.
pub fn run_one(case: &Case, harness: Arc<dyn Harness>) -> BoxFuture<'static, Outcome> {
    let case = *case;
    Box::pin(async move {
        if let Some(why) = case.unsupported(harness.capabilities(), harness.environment()) {
            return case.outcome(Status::Unsupported, Some(why));
        }
        match judge(case, harness).await {
            Ok(()) => case.outcome(Status::Passed, None),
            Err(failure) => case.outcome(Status::Failed, Some(failure.to_string())),
        }
    })
}

async fn judge(case: Case, harness: Arc<dyn Harness>) -> Result<(), Failure> {
    let deadline = harness.sleep(case.deadline);
    let run = AssertUnwindSafe((case.run)(Cx::new(harness))).catch_unwind();
    match future::select(run, deadline).await {
        future::Either::Left((Ok(result), _)) => result,
        future::Either::Left((Err(_), _)) => Err(Failure::new("the case panicked")),
        future::Either::Right(_) => {
            let seconds = case.deadline.as_secs();
            Err(Failure::new(format!("not finished within {seconds} s")))
        }
    }
}
