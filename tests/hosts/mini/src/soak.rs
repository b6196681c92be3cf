//! One socket too many, the app in the background, and that connecting again and again leaves nothing behind.

use std::fs;

use anyhow::{Context as _, Result, ensure};

use crate::cli::Cli;
use crate::{peers::Peers, program, run};

const RUN: &str = "soak";

/// Prints what the program found; whether all is as it should be.
pub(crate) async fn run(cli: &Cli) -> Result<bool> {
    let folder = tempfile::tempdir()?;
    let package = program::make(cli, folder.path())?;
    let peers = Peers::start()?;
    let mut config = run::base_config(cli, &peers, RUN)?;
    config.insert("soak".into(), cli.soak.into());
    let file = folder.path().join("soak.json");
    fs::write(&file, serde_json::to_string(&config)?)?;
    let ended = run::host(cli, &package, &file, true)?.wait().await?;
    ensure!(ended.success(), "the host ended with {ended}");
    let result = peers.server.results(RUN);
    let result = result.context("the host posted no result")?;
    println!(
        "{} (simulated: {}, {}): {}",
        cli.platform.key(),
        cli.variant,
        cli.form.key(),
        result.trim_end()
    );
    Ok(result.starts_with("ok "))
}
