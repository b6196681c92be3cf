//! Running cases on sound and on faulty mocks.

use std::sync::Arc;

use taro_socket_api::CapabilitySet;
use taro_socket_conformance::{
    Case, Harness, Outcome, Status, run_one,
    runner::{HostInfo, HostKind},
};
use taro_socket_mock::{Fault, MockConnector};

use crate::MockHarness;

/// The bound on the sockets of a mock: mini-programs may have few.
const MAX_SOCKETS: usize = 20;

/// Runs one case on the sound mock, on a clock of its own.
#[must_use]
pub fn run_case(case: &'static Case) -> Outcome {
    run(case, MockHarness::new(connector(), false))
}

/// With as many sockets as a case has at once.
fn connector() -> MockConnector {
    MockConnector::new().with_max_sockets(MAX_SOCKETS)
}

/// What the evidence says about this host.
#[must_use]
pub fn host_info() -> HostInfo {
    let harness = MockHarness::new(MockConnector::new(), false);
    HostInfo::new(
        harness.platform(),
        HostKind::Simulated,
        "in process",
        harness.capabilities(),
    )
    .version("taro-socket", env!("CARGO_PKG_VERSION"))
}

/// Shows that `case` passes on the sound mock and fails on the mock with its fault; how it failed there.
///
/// The mock declares what the case needs, and the simulated peers count as a network.
///
/// # Errors
///
/// Why the case, or the mock, is not good enough.
pub fn self_test(case: &'static Case) -> Result<String, String> {
    let fault = Fault::from_name(case.fault.name());
    let fault = fault.ok_or_else(|| format!("the mock lacks the fault {}", case.fault.name()))?;
    self_test_on(case, needed(case), fault)
}

/// As [`self_test`], on a mock that declares these capabilities, with this fault.
///
/// # Errors
///
/// Those of [`self_test`].
pub fn self_test_on(
    case: &'static Case,
    capabilities: CapabilitySet,
    fault: Fault,
) -> Result<String, String> {
    let connector = || connector().with_capabilities(capabilities);
    let sound = run(case, MockHarness::new(connector(), true));
    if sound.status != Status::Passed {
        let detail = sound.detail.unwrap_or_default();
        return Err(format!("the sound mock does not pass: {detail}"));
    }
    // A fault may change what is declared; whether the case applies is settled above.
    let faulty = MockHarness::new(connector().with_fault(fault), true).declaring(capabilities);
    let faulty = run(case, faulty);
    match faulty.status {
        Status::Failed => Ok(faulty.detail.unwrap_or_default()),
        status => Err(format!("the mock with {fault} has the outcome {status:?}")),
    }
}

/// The mock's capabilities, with those that the case requires and without those that it forbids.
fn needed(case: &Case) -> CapabilitySet {
    let own = MockHarness::new(MockConnector::new(), true).capabilities();
    let with = case.requires.iter().fold(own, |set, name| set.with(*name));
    case.forbids
        .iter()
        .fold(with, |set, name| set.without(*name))
}

fn run(case: &'static Case, harness: MockHarness) -> Outcome {
    let clock = harness.clock().clone();
    let harness: Arc<dyn Harness> = Arc::new(harness);
    clock
        .block_on(run_one(case, harness))
        .unwrap_or_else(|error| case.outcome(Status::Failed, Some(error.to_string())))
}

#[cfg(test)]
mod tests {
    use taro_socket_conformance::{CASES, Fault as SuiteFault};

    use super::*;

    #[test]
    fn suite_and_mock_name_the_same_faults() {
        let mut suite: Vec<_> = SuiteFault::ALL.iter().map(|fault| fault.name()).collect();
        let mut mock: Vec<_> = Fault::ALL.iter().map(|fault| fault.name()).collect();
        suite.sort_unstable();
        mock.sort_unstable();
        assert_eq!(suite, mock);
    }

    #[test]
    fn every_fault_is_named_by_a_case() {
        let named = |fault: &&SuiteFault| CASES.iter().any(|case| case.fault == **fault);
        let unused: Vec<_> = SuiteFault::ALL
            .iter()
            .filter(|fault| !named(fault))
            .collect();
        assert!(unused.is_empty(), "{unused:?}");
    }
}
