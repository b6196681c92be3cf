//! One run on a device: its peers, and what comes of it.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::Duration;

use anyhow::{Context as _, Result, ensure};
use serde_json::json;
use taro_socket_conformance::{CASES, Case, Outcome, Status};
use taro_socket_report::{Evidence, HostKind, RunHeader};
use taro_socket_test_server::Until;

use crate::peers::{Peers, map};
use crate::{Address, DevicePlatform};

/// The run's name at the test server; that of each try has its number behind.
const RUN: &str = "device";

/// Tries beyond which nobody looks: the server keeps the results of 64 runs.
const TRIES: usize = 32;

/// How often the server is asked for news.
const PERIOD: Duration = Duration::from_millis(100);

/// What simulated hosts say in each handshake, and devices never do.
const SIMULATED: &str = "x-simulated-host";

/// What a device is to run.
#[derive(Clone, Debug)]
#[allow(clippy::exhaustive_structs, reason = "programs write it")]
pub struct Plan {
    /// The platform.
    pub platform: &'static DevicePlatform,
    /// Cases, in order.
    pub cases: Vec<&'static Case>,
    /// Seed of the order.
    pub seed: u64,
    /// Fingerprint of the sources.
    pub fingerprint: String,
    /// Beginning of a `wss://` URL that leads to the server's plain port, with a certificate that the device trusts.
    pub secure: Option<String>,
}

/// A test server that waits for a device.
#[derive(Debug)]
pub struct Session {
    plan: Plan,
    peers: Peers,
    /// Cases already told, and what became of them.
    outcomes: BTreeMap<String, Outcome>,
}

impl Session {
    /// Starts the servers. What the device is to be given lies in the folder `files`.
    ///
    /// # Errors
    ///
    /// When the address cannot be listened on, or the folder cannot be written.
    pub fn start(plan: Plan, address: &Address, files: PathBuf) -> Result<Self> {
        ensure!(!plan.cases.is_empty(), "no case has such an id");
        let peers = Peers::start(address, &files)?;
        let rest = map(json!({
            "connector": "taro-socket", "soak": 0, "seed": plan.seed, "run": RUN,
            "cases": plan.cases.iter().map(|case| case.id).collect::<Vec<_>>(),
            // The device says the rest of it.
            "simulated": true, "host_name": "",
            "versions": { "taro-socket": env!("CARGO_PKG_VERSION") },
            "fingerprint": plan.fingerprint,
        }));
        let (secure_only, secure) = (plan.platform.secure_only, plan.secure.as_deref());
        peers.serve(&files, secure_only, secure, rest)?;
        Ok(Self {
            plan,
            peers,
            outcomes: BTreeMap::new(),
        })
    }

    /// Origin of the server, for the project.
    #[must_use]
    pub fn control(&self) -> String {
        self.peers.control()
    }

    /// Where a device finds the certificate of the server's authority.
    #[must_use]
    pub fn authority(&self) -> String {
        self.peers.authority()
    }

    /// Waits until every case has an outcome. `told` hears of each as it comes.
    ///
    /// # Errors
    ///
    /// When what was posted cannot be read, or is of another platform or other sources.
    pub async fn evidence(&mut self, mut told: impl FnMut(&Outcome)) -> Result<Evidence> {
        loop {
            for outcome in self.news()? {
                told(&outcome);
                self.outcomes.insert(outcome.id.clone(), outcome);
            }
            if self.outcomes.len() == self.plan.cases.len()
                && let Some(mut header) = self.header()?
            {
                header.host = self.kind(&header).await;
                let outcomes = std::mem::take(&mut self.outcomes);
                return Ok(Evidence::new(header, outcomes.into_values().collect()));
            }
            tokio::time::sleep(PERIOD).await;
        }
    }

    fn posted(&self, name: &str) -> Option<String> {
        self.peers.server.results(&format!("{RUN}{name}"))
    }

    /// Outcomes that were not there before: those posted, and those of cases in which the app ended again and again.
    fn news(&self) -> Result<Vec<Outcome>> {
        let mut news: Vec<Outcome> = Vec::new();
        for number in 1..=TRIES {
            let Some(text) = self.posted(&format!("-{number}-progress")) else {
                continue;
            };
            for line in text.lines() {
                let outcome: Outcome =
                    serde_json::from_str(line).context("the device posts no outcomes")?;
                news.push(outcome);
            }
        }
        let given_up = self.posted("-given-up").unwrap_or_default();
        let why = "the app ended or left the screen in each of three tries";
        for id in given_up.lines() {
            let case = CASES.iter().find(|case| case.id == id);
            let case = case.with_context(|| format!("no case is called {id}"))?;
            news.push(case.outcome(Status::Failed, Some(why.to_owned())));
        }
        let asked = |id: &str| self.plan.cases.iter().any(|case| case.id == id);
        news.retain(|outcome| asked(&outcome.id) && !self.outcomes.contains_key(&outcome.id));
        Ok(news)
    }

    /// What the first try that came to its end says of the device.
    fn header(&self) -> Result<Option<RunHeader>> {
        let mut ended = (1..=TRIES).filter_map(|number| self.posted(&format!("-{number}")));
        let Some(text) = ended.next() else {
            return Ok(None);
        };
        let evidence = Evidence::parse(&text).context("the device posts no evidence")?;
        let header = evidence.header().clone();
        ensure!(
            header.platform == self.plan.platform.key,
            "the device is of platform {}",
            header.platform
        );
        ensure!(
            header.fingerprint == self.plan.fingerprint,
            "the device runs a project of other sources"
        );
        Ok(Some(header))
    }

    /// A device is what says so and has made handshakes, none of which was that of a simulated host.
    async fn kind(&self, header: &RunHeader) -> HostKind {
        let (mut made, mut simulated) = (false, false);
        for number in 1..=TRIES {
            if self.posted(&format!("-{number}-progress")).is_none() {
                continue;
            }
            // No case has so many peers.
            for peer in 0..self.plan.cases.len() * 8 {
                let id = format!("{RUN}-{number}-{peer}");
                let seen = self.peers.server.seen(&id, Until::Now, Duration::ZERO);
                for request in seen.await.requests {
                    made = true;
                    simulated |= request.header(SIMULATED).is_some();
                }
            }
        }
        match header.host {
            HostKind::Real if made && !simulated => HostKind::Real,
            _ => HostKind::Simulated,
        }
    }
}
