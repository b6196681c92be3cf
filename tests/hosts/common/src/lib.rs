//! What the programs share that run the conformance suite inside a JavaScript host.
//!
//! Such a program has two halves: one that runs natively and is made with this, and one inside the host, made with
//! `tests/hosts/js`. The test server is between them: it serves the configuration's peers and takes the results.
#![allow(clippy::print_stdout, reason = "the progress of command-line programs")]

mod deviations;
#[cfg(feature = "simulated")]
mod node;
#[cfg(feature = "simulated")]
mod page;
mod peers;
mod progress;
mod suite;

pub use deviations::{ends_inside_close, judge};
#[cfg(feature = "simulated")]
pub use node::{NodeHost, npm_version};
#[cfg(feature = "simulated")]
pub use page::Page;
pub use peers::Peers;
pub use progress::Progress;
pub use suite::{Part, Suite};
