//! What all hosts with a file system share: command line, order, progress, trials, evidence.

mod args;
mod run;
mod trials;

pub use args::RunArgs;
pub use run::{HostInfo, print, run};
pub use taro_socket_report::HostKind;
pub use trials::trials;
