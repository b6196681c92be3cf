//! `size`: what browsers load for the smallest client of each crate.

use std::path::PathBuf;
use std::{env, fs};

use anyhow::{Context as _, Result};

use super::setup;
use crate::ahead::Ahead;
use crate::{programs, repository};

const PACKAGE: &str = "taro-socket-size";

/// The smallest echo client of each crate, in bytes that browsers load.
#[derive(clap::Args, Debug, Default)]
pub struct Args {
    /// Only clients of these names.
    clients: Vec<String>,
    /// Each client has to echo in Chromium.
    #[arg(long)]
    check_echo: bool,
    /// Writes the tables of docs/SIZE.md.
    #[arg(long)]
    write_docs: bool,
    /// Fails where something of ours is larger than docs/SIZE.md says.
    #[arg(long)]
    check: bool,
}

pub fn run(args: &Args) -> Result<()> {
    setup::for_packing()?;
    setup::for_rebuilding_std()?;
    let folder = repository::target().join("size");
    let out = folder.join("web");
    fs::create_dir_all(&out)?;
    let flags = [
        (args.check_echo, "--check-echo"),
        (args.write_docs, "--write-docs"),
        (args.check, "--check"),
    ];
    let flags = flags.iter().filter(|(given, _)| *given);
    programs::quick(PACKAGE)?
        .args(&args.clients)
        .args(flags.map(|(_, flag)| *flag))
        .arg("--out")
        .arg(out)
        .env("CARGO_TARGET_DIR", folder)
        .env("CARGO_ENCODED_RUSTFLAGS", remapped()?)
        .run()
}

/// What builds all that [`check`] looks at, as arguments of this program.
pub const BUILDS: &[&str] = &["size", "--check"];

/// Whether every client echoes, and nothing of ours has become larger. Much of it was built before.
pub fn check(begun: Ahead) -> Result<()> {
    // What it has to say is said again.
    drop(begun.end());
    run(&Args {
        check_echo: true,
        check: true,
        ..Args::default()
    })
}

/// Panic messages hold paths of sources: they must not count for the machine's folders.
fn remapped() -> Result<String> {
    let home = env::var_os("CARGO_HOME").map(PathBuf::from);
    let home = home.or_else(|| Some(PathBuf::from(env::var_os("HOME")?).join(".cargo")));
    let home = home.context("neither CARGO_HOME nor HOME is set")?;
    let root = fs::canonicalize(repository::root())?;
    let flag = |from: PathBuf, to: &str| format!("--remap-path-prefix={}={to}", from.display());
    Ok([flag(home, "c"), flag(root, "w")].join("\u{1f}"))
}
