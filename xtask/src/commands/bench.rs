//! `bench`: our adapters beside other clients.

use anyhow::Result;

use super::pack;
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
    /// The React Native adapter in Hermes, over a scripted socket, instead.
    #[arg(long, conflicts_with = "h5")]
    hermes: bool,
    /// Handed to the benchmark program, see `cargo xtask bench -- --help` or `cargo xtask bench --h5 -- --help`.
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    args: Vec<String>,
}

pub fn run(args: &Args) -> Result<()> {
    let quick = args.quick.then(|| "--quick".to_owned());
    let program = if args.hermes {
        in_hermes()?
    } else if args.h5 {
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

/// Whether the client in Hermes hands everything over.
pub fn hermes_smoke() -> Result<()> {
    in_hermes()?.arg("--quick").run()
}

/// The client is packed as an app would have it.
fn in_hermes() -> Result<Program> {
    let folder = repository::root().join("tests/hermes/bench");
    let packed = repository::target().join("bench-hermes");
    pack::program()?
        .arg("rn")
        .arg(&folder)
        .arg("--out")
        .arg(&packed)
        .run()?;
    Ok(Program::new("node").arg(folder.join("run.js")).arg(packed))
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
