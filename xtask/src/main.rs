//! Repository tasks of taro-socket: `cargo xtask --help`.
#![allow(
    clippy::print_stdout,
    reason = "a command-line program talks on standard output"
)]
#![allow(unreachable_pub, reason = "nothing outside can reach into a program")]

mod ahead;
mod commands;
mod findings;
mod process;
mod programs;
mod repository;
mod steps;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use commands::{
    autobahn, bench, conformance, demo, duplicates, features, host, matrix, msrv, pack, parity,
    setup, size, targets, test, tidy, web_test,
};

/// Repository tasks of taro-socket.
#[derive(Parser)]
#[command(bin_name = "cargo xtask")]
struct Cli {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    Autobahn(autobahn::Args),
    Bench(bench::Args),
    /// What continuous integration runs: the same as `test`.
    Ci,
    Conformance(conformance::Args),
    Demo(demo::Args),
    /// No ten lines stand twice in the adapters of JavaScript hosts.
    Duplicates,
    /// Each feature of the facade alone, none and all, on both targets, and what each brings in.
    Features,
    Host(host::Args),
    Matrix(matrix::Args),
    /// The crates with the minimum Rust version that they state, on both targets.
    Msrv,
    Pack(pack::Args),
    Parity(parity::Args),
    Setup(setup::Args),
    Size(size::Args),
    Targets(targets::Args),
    /// Everything, in order, with a summary: the one command to run before a change is handed in.
    Test,
    /// Rules of the repository that no compiler checks.
    Tidy,
    WebTest(web_test::Args),
}

fn main() -> ExitCode {
    let outcome = match Cli::parse().task {
        Task::Autobahn(args) => autobahn::run(&args),
        Task::Bench(args) => bench::run(&args),
        Task::Ci | Task::Test => return test::run(),
        Task::Conformance(args) => conformance::run(&args),
        Task::Demo(args) => demo::run(&args),
        Task::Duplicates => duplicates::run(),
        Task::Features => features::run(),
        Task::Host(args) => host::run(&args),
        Task::Matrix(args) => matrix::run(args),
        Task::Msrv => msrv::run(),
        Task::Pack(args) => pack::run(&args),
        Task::Parity(args) => parity::run(args),
        Task::Setup(args) => setup::run(args),
        Task::Size(args) => size::run(&args),
        Task::Targets(args) => targets::run(&args),
        Task::Tidy => tidy::run(),
        Task::WebTest(args) => web_test::run(&args),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}
