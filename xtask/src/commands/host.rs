//! `host`: a program that runs the conformance suite on a device, and the evidence that it posts.

use std::ffi::OsString;

use anyhow::{Context as _, Result};
use taro_socket_report::platform;

use super::conformance;
use crate::process::Program;
use crate::repository;

const PACKAGE: &str = "taro-socket-host-device";

/// The conformance suite on a device: a project, and its evidence; see
/// `cargo xtask host weapp --help`.
#[derive(clap::Args, Debug)]
#[command(disable_help_flag = true)]
pub struct Args {
    /// weapp, alipay, swan or rn.
    platform: String,
    /// Handed to the program that does it.
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    args: Vec<OsString>,
}

pub fn run(args: &Args) -> Result<()> {
    let key = &args.platform;
    let entry = platform(key).with_context(|| format!("no platform is called {key}"))?;
    let root = repository::root();
    let fingerprint = conformance::current_fingerprint(&root, entry)?;
    Program::cargo()
        .args(["build", "--quiet", "--package", PACKAGE])
        .run()?;
    Program::new(repository::target().join("debug").join(PACKAGE))
        .arg(key)
        .args(["--fingerprint", &fingerprint])
        .arg("--out")
        .arg(repository::target().join("host").join(key))
        .arg("--results")
        .arg(root.join("tests/results"))
        .args(args.args.iter().cloned())
        .run()
}
