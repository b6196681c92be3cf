//! Runs the conformance suite on the mock, and tests the suite on faulty mocks.
//!
//! [`MockHarness`] gives every behaviour of the test server a simulated peer, on virtual time and without a
//! network. [`run_case`] runs a case on the sound mock. [`self_test`] shows that a case passes there, network
//! or not, and fails on the mock with the fault that the case names.

mod harness;
mod outgoing;
mod peers;
mod probe;
mod reactions;
mod self_test;
mod session;
mod wire;

pub use harness::MockHarness;
pub use self_test::{host_info, run_case, self_test, self_test_on};
