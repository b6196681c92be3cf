//! Benchmarks of the native adapter beside other clients.
//!
//! One process per measurement, so that clients do not disturb each other.
//! The process without a subcommand is the parent: it starts the peer once, then one client process per
//! cell (workload and client), interleaved over the repetitions, and prints medians and ratios.

mod cell;
mod cli;
mod clients;
mod exchange;
mod goals;
mod output;
mod runner;
mod server;
mod statistics;
mod system;
mod workloads;

use std::{error::Error, process::ExitCode};

use clap::Parser;

/// Result of anything that may end a process of this program.
type Result<T, E = Box<dyn Error + Send + Sync>> = std::result::Result<T, E>;

fn main() -> ExitCode {
    let cli = cli::Cli::parse();
    let result = match &cli.role {
        None => runner::run(&cli),
        Some(cli::Role::Server) => server::run(),
        Some(cli::Role::Client(arguments)) => clients::run(arguments),
        Some(cli::Role::Spin { core }) => system::spin(*core),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}
