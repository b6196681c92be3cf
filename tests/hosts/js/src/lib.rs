//! The conformance suite's half that runs inside a JavaScript host: a page, a worker, a mini-program.
//!
//! A host's own program gives it a connector and the functions of [`Surroundings`]; outcomes and evidence go to
//! the test server.
#![cfg(all(target_family = "wasm", target_os = "unknown"))]

mod config;
mod harness;
mod http;
mod panics;
mod probe;
mod soak;
mod suite;

pub use config::Config;
pub use harness::{Connector, HostHarness, sleep};
pub use http::{Http, Surroundings};
pub use soak::{Soak, echo, echo_url, post};
pub use suite::run;
