//! The conformance suite: one case table, run on every adapter.
//!
//! [`CASES`] is the table. A host implements [`Harness`] over the connector under test and
//! the peers it can offer, and calls [`run_one`] for each [`Case`]. The suite names no
//! adapter and does no IO of its own, so it runs wherever the harness does.
//!
//! Each case names the [`Fault`] that it catches: the mock's self-test shows that it does.
//! With the feature `runner` the module [`runner`] is the command line, the trials and the
//! evidence file that all hosts with a file system share.

#[macro_use]
mod failure;
mod app;
mod case;
mod cases;
mod cx;
mod fault;
mod frames;
mod harness;
mod live;
mod recorder;
#[cfg(feature = "runner")]
pub mod runner;

pub use app::{App, Environment};
pub use case::{Case, area_of, run_one};
pub use cases::CASES;
pub use cx::Cx;
pub use failure::Failure;
pub use fault::Fault;
pub use harness::{Harness, Peer, Probe, Target};
pub use taro_socket_api::BoxFuture;
pub use taro_socket_report::{Outcome, Status};
pub use taro_socket_test_protocol::{Action, Behavior, DropWhen, Observation, Until};
