//! Runs the conformance suite on the mock and writes its evidence, or tests the suite itself.
#![allow(
    clippy::print_stdout,
    reason = "the progress of a command-line program"
)]

use std::{io, process::ExitCode};

use clap::Parser;
use taro_socket_conformance::runner::{RunArgs, run};
use taro_socket_host_mock::{host_info, run_case, self_test};

#[derive(Debug, Parser)]
#[command(about)]
struct Cli {
    #[command(flatten)]
    run: RunArgs,
    /// Show that every case passes on the sound mock and fails on the mock with its fault.
    #[arg(long)]
    self_test: bool,
}

fn main() -> io::Result<ExitCode> {
    let cli = Cli::parse();
    let sound = if cli.self_test {
        test_suite(&cli.run)
    } else {
        run(&cli.run, &host_info(), run_case)?
    };
    Ok(if sound {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

/// Prints a line for each case; whether all were caught.
fn test_suite(args: &RunArgs) -> bool {
    let seed = args.seed();
    let cases = args.cases(seed);
    println!("self-test of {} cases, seed {seed}", cases.len());
    let mut missed = 0;
    for case in &cases {
        match self_test(case) {
            Ok(how) => println!("caught      {} ({}): {how}", case.id, case.fault.name()),
            Err(why) => {
                missed += 1;
                println!("MISSED      {} ({}): {why}", case.id, case.fault.name());
            }
        }
    }
    println!("{} caught, {missed} missed", cases.len() - missed);
    missed == 0
}
