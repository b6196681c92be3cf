//! `bench`: our adapters beside other clients.

use std::path::PathBuf;

use anyhow::Result;

use super::pack;
use crate::process::Program;
use crate::{programs, repository};

/// The native benchmarks.
const NATIVE: &str = "taro-socket-bench";

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
        in_browser(released_peer()?)?
    } else {
        Program::cargo().args(["run", "--release", "--package", NATIVE, "--"])
    };
    program
        .args(quick.into_iter().chain(args.args.iter().cloned()))
        .run()
}

/// Whether every client in the browser delivers everything. How fast the peer is does not matter.
pub fn smoke() -> Result<()> {
    let peer = programs::file(NATIVE)?;
    in_browser(peer)?.arg("--quick").run()
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
fn released_peer() -> Result<PathBuf> {
    let build = ["build", "--quiet", "--release", "--package", NATIVE];
    Program::cargo().args(build).run()?;
    Ok(repository::target().join("release").join(NATIVE))
}

fn in_browser(peer: PathBuf) -> Result<Program> {
    Ok(programs::quick("taro-socket-bench-h5")?
        .arg("--peer")
        .arg(peer))
}
