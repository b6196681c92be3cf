//! The suite on mocks that can do as little as a browser or a mini-program: what the cases allow there is allowed,
//! and no more.

use taro_socket_api::{Capability, CapabilitySet};
use taro_socket_conformance::{CASES, Case, Environment, Fault as SuiteFault};
use taro_socket_host_mock::self_test_on;
use taro_socket_mock::Fault;

const BROWSER: CapabilitySet = CapabilitySet::of(&[
    Capability::PlainWs,
    Capability::SelectedProtocol,
    Capability::CloseStatus,
    Capability::CloseAnswer,
    Capability::Ws,
]);

/// WeChat's, but for the options that the mock has no peers for.
const TALKATIVE: CapabilitySet = CapabilitySet::of(&[
    Capability::RequestHeader,
    Capability::ResponseHeader,
    Capability::PlainWs,
    Capability::TcpNoDelay,
    Capability::SelectedProtocol,
    Capability::CloseStatus,
]);

/// Alipay's.
const SILENT: CapabilitySet = CapabilitySet::of(&[Capability::RequestHeader, Capability::PlainWs]);

/// The fault that the case catches here.
fn fault(case: &Case, capabilities: CapabilitySet) -> Option<Fault> {
    // Without HandshakeResponse the kind Unknown is allowed before open, so only the failure itself is checked.
    const MAY_BE_UNKNOWN: [&str; 2] = ["network/refused", "open/future/fails"];
    match case.fault {
        _ if MAY_BE_UNKNOWN.contains(&case.id) => Some(Fault::HangsOnFailure),
        // What the peer of a failed connection is told is left to the host: only the failure itself is checked.
        SuiteFault::NoCloseOnPeerError => Some(Fault::HangsOnFailure),
        // Where no status is told, the peer's close may be told as an end by the host: only the end is checked.
        SuiteFault::BlamesBackground if !capabilities.contains(Capability::CloseStatus) => {
            Some(Fault::NeverCloses)
        }
        other => Fault::from_name(other.name()),
    }
}

fn check(capabilities: CapabilitySet) {
    let around = Environment {
        network: true,
        app: true,
        few_sockets: true,
    };
    let applies = |case: &&&'static Case| case.unsupported(capabilities, around).is_none();
    let missed: Vec<_> = CASES
        .iter()
        .filter(applies)
        .filter_map(|case| {
            let fault = fault(case, capabilities).ok_or_else(|| "no such fault".to_owned());
            let caught = fault.and_then(|fault| self_test_on(case, capabilities, fault));
            caught.err().map(|why| format!("{}: {why}", case.id))
        })
        .collect();
    assert!(missed.is_empty(), "{}", missed.join("\n"));
}

#[test]
fn in_a_browser_every_case_that_applies_passes_and_catches_a_fault() {
    check(BROWSER);
}

#[test]
fn where_the_answer_to_a_close_is_not_told_too() {
    check(TALKATIVE);
}

#[test]
fn where_hardly_anything_is_told_too() {
    check(SILENT);
}
