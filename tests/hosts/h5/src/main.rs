//! Runs the conformance suite in one browser, in a page or a worker, and writes its evidence.
#![allow(
    clippy::print_stdout,
    reason = "the progress of a command-line program"
)]

mod cli;
mod deviations;
mod page;
mod run;
mod soak;

use std::process::ExitCode;

use anyhow::Result;
use clap::Parser;

use crate::cli::Cli;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<ExitCode> {
    let cli = Cli::parse();
    let sound = if cli.soak > 0 {
        soak::run(&cli).await?
    } else {
        run::run(&cli).await?
    };
    Ok(if sound {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}
