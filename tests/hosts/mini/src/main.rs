//! Runs the conformance suite in one simulated mini-program host, and writes its evidence.
#![allow(
    clippy::print_stdout,
    reason = "the progress of a command-line program"
)]

mod cli;
mod deviations;
mod loading;
mod peers;
mod program;
mod run;
mod soak;

use std::process::ExitCode;

use anyhow::Result;
use clap::Parser;

use crate::cli::Cli;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<ExitCode> {
    let cli = Cli::parse();
    let sound = match cli.soak {
        0 => run::run(&cli).await?,
        _ => soak::run(&cli).await?,
    };
    Ok(if sound {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}
