//! `host`: a program that runs the conformance suite on a device, and the evidence that it posts.

use anyhow::{Context as _, Result};
use taro_socket_report::platform;

use super::{conformance, setup};
use crate::process::Program;
use crate::{programs, repository};

const PACKAGE: &str = "taro-socket-host-device";

/// The conformance suite on a device: a project, and its evidence; see `cargo xtask host --help`.
#[derive(clap::Args, Debug)]
#[command(disable_help_flag = true)]
pub struct Args {
    /// weapp, alipay, swan or rn; then what is handed to the program that does it.
    #[arg(
        trailing_var_arg = true,
        allow_hyphen_values = true,
        required = true,
        value_name = "PLATFORM"
    )]
    args: Vec<String>,
}

pub fn run(args: &Args) -> Result<()> {
    let help = |arg: &String| arg == "--help" || arg == "-h";
    if args.args.iter().any(help) {
        return program()?.arg("--help").run();
    }
    let (key, rest) = args.args.split_first().context("which platform?")?;
    let entry = platform(key).with_context(|| format!("no platform is called {key}"))?;
    setup::for_packing()?;
    let root = repository::root();
    let fingerprint = conformance::current_fingerprint(&root, entry)?;
    program()?
        .arg(key)
        .args(["--fingerprint", &fingerprint])
        .arg("--out")
        .arg(repository::target().join("host").join(key))
        .arg("--results")
        .arg(root.join("tests/results"))
        .args(rest)
        .run()
}

fn program() -> Result<Program> {
    programs::program(PACKAGE)
}
