//! One run: every case once, in seeded order.
#![allow(
    clippy::print_stdout,
    reason = "the progress of a command-line program"
)]

use std::{collections::BTreeMap, io};

use taro_socket_api::{CapabilitySet, Platform};
use taro_socket_report::{Evidence, FORMAT, HostKind, Outcome, RunHeader, Status, write_evidence};

use super::RunArgs;
use crate::{CASES, Case};

/// What the evidence says about the host.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct HostInfo {
    /// The platform of the connector under test.
    pub platform: Platform,
    /// Whether the host is the platform itself.
    pub kind: HostKind,
    /// What ran the suite, for example `Linux`.
    pub name: String,
    /// Name of a part to its version.
    pub versions: BTreeMap<String, String>,
    /// What the connector under test declares.
    pub capabilities: CapabilitySet,
}

impl HostInfo {
    /// A host without versions.
    #[must_use]
    pub fn new(
        platform: Platform,
        kind: HostKind,
        name: impl Into<String>,
        capabilities: CapabilitySet,
    ) -> Self {
        Self {
            platform,
            kind,
            name: name.into(),
            versions: BTreeMap::new(),
            capabilities,
        }
    }

    /// The same host with the version of one part.
    #[must_use]
    pub fn version(mut self, part: impl Into<String>, version: impl Into<String>) -> Self {
        self.versions.insert(part.into(), version.into());
        self
    }

    fn header(&self, args: &RunArgs, seed: u64) -> RunHeader {
        RunHeader {
            format: FORMAT,
            platform: self.platform.name().to_owned(),
            host: self.kind,
            host_name: self.name.clone(),
            versions: self.versions.clone(),
            capabilities: self
                .capabilities
                .iter()
                .map(|name| name.to_string())
                .collect(),
            fingerprint: args.fingerprint.clone(),
            seed,
            suite_cases: CASES.len(),
        }
    }
}

/// Runs the cases asked for, prints a line for each and writes the evidence; whether none failed.
///
/// # Errors
///
/// When the evidence cannot be written, and when the filter leaves no case.
pub fn run(
    args: &RunArgs,
    host: &HostInfo,
    run: impl Fn(&'static Case) -> Outcome,
) -> io::Result<bool> {
    let seed = args.seed();
    let cases = args.cases(seed);
    if cases.is_empty() {
        return Err(io::Error::new(
            io::ErrorKind::InvalidInput,
            "no case has such an id",
        ));
    }
    println!(
        "{} cases on {} ({}), seed {seed}",
        cases.len(),
        host.platform,
        host.name
    );
    let mut outcomes = Vec::with_capacity(cases.len());
    for case in cases {
        let outcome = run(case);
        print(&outcome);
        outcomes.push(outcome);
    }
    let evidence = Evidence::new(host.header(args, seed), outcomes);
    let end = evidence.end();
    println!(
        "{} passed, {} failed, {} unsupported",
        end.passed, end.failed, end.unsupported
    );
    if end.failed > 0 {
        println!("again in this order: --seed {seed}");
    }
    if let Some(path) = &args.report {
        write_evidence(path, &evidence)?;
    }
    Ok(end.failed == 0)
}

/// Prints a line that says how the case ended.
pub fn print(outcome: &Outcome) {
    let word = match outcome.status {
        Status::Passed => "ok",
        Status::Failed => "FAILED",
        Status::Unsupported => "unsupported",
    };
    match &outcome.detail {
        Some(detail) => println!("{word:<11} {}: {detail}", outcome.id),
        None => println!("{word:<11} {}", outcome.id),
    }
}
