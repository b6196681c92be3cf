//! `bench`: our adapters beside other clients.

use anyhow::Result;

use crate::process::Program;
use crate::repository;

/// Benchmarks of an adapter beside other clients, in release, on loopback: the native one by default.
#[derive(clap::Args, Debug)]
pub struct Args {
    /// Short runs, to see that it works.
    #[arg(long)]
    quick: bool,
    /// The H5 adapter in Chromium instead.
    #[arg(long)]
    h5: bool,
    /// Handed to the benchmark program, see `cargo xtask bench -- --help` or `cargo xtask bench --h5 -- --help`.
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    args: Vec<String>,
}

pub fn run(args: &Args) -> Result<()> {
    let quick = args.quick.then(|| "--quick".to_owned());
    let program = if args.h5 {
        in_browser()?
    } else {
        Program::cargo().args(["run", "--release", "--package", "taro-socket-bench", "--"])
    };
    program
        .args(quick.into_iter().chain(args.args.iter().cloned()))
        .run()
}

/// Whether every client in the browser delivers everything.
pub fn smoke() -> Result<()> {
    in_browser()?.arg("--quick").run()
}

/// The peer is the server of the native benchmarks.
fn in_browser() -> Result<Program> {
    Program::cargo()
        .args([
            "build",
            "--quiet",
            "--release",
            "--package",
            "taro-socket-bench",
        ])
        .run()?;
    let peer = repository::target().join("release/taro-socket-bench");
    let program = Program::cargo()
        .args(["run", "--quiet", "--package", "taro-socket-bench-h5", "--"])
        .arg("--peer")
        .arg(peer);
    Ok(program)
}
