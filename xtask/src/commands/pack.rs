//! `pack`: a crate as an npm package for a mini-program, React Native or browsers.

use std::env;
use std::ffi::OsString;

use anyhow::Result;

use super::setup;
use crate::process::Program;
use crate::programs;

const PACKAGE: &str = "taro-socket-pack";

/// A crate as an npm package for a mini-program, React Native or browsers; see `cargo xtask pack --help`.
#[derive(clap::Args, Debug)]
#[command(disable_help_flag = true)]
pub struct Args {
    /// Handed to the packing program.
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    args: Vec<OsString>,
}

pub fn run(args: &Args) -> Result<()> {
    let given = |flag: &str| args.args.iter().any(|arg| arg == flag);
    if !given("--help") && !given("-h") {
        setup::for_packing()?;
        if given("--rebuild-std") {
            setup::for_rebuilding_std()?;
        }
    }
    program()?.args(args.args.iter().cloned()).run()
}

/// The packing program, for paths from this folder.
pub fn program() -> Result<Program> {
    let from = env::current_dir()?;
    Ok(programs::program(PACKAGE)?.arg("--from").arg(from))
}
