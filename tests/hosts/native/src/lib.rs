//! Runs the conformance suite on the native adapter.
//!
//! [`NativeHarness`] connects through the facade's `connect_with`; its peers are the embedded test
//! server, over loopback. [`run_case`] runs a case on a runtime of either [`Flavor`].

mod harness;
mod probe;
mod runtime;

pub use harness::NativeHarness;
pub use runtime::{Flavor, host_info, run_case};
