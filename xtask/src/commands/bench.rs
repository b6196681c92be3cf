//! `bench`: the native adapter beside other clients.

use anyhow::Result;

use crate::process::Program;

/// Benchmarks of the native adapter beside other clients, in release, on loopback.
#[derive(clap::Args, Debug)]
pub struct Args {
    /// Short runs, to see that it works.
    #[arg(long)]
    quick: bool,
    /// Handed to the benchmark program, see `cargo xtask bench -- --help`.
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    args: Vec<String>,
}

pub fn run(args: &Args) -> Result<()> {
    let quick = args.quick.then(|| "--quick".to_owned());
    Program::cargo()
        .args(["run", "--release", "--package", "taro-socket-bench", "--"])
        .args(quick.into_iter().chain(args.args.iter().cloned()))
        .run()
}
