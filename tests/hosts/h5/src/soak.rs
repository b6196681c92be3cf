//! Connecting and closing again and again leaves nothing behind.

use anyhow::Result;
use taro_socket_hosts::Peers;

use crate::cli::Cli;
use crate::{page, run};

/// Prints what lives afterwards; whether it is what lived before.
pub(crate) async fn run(cli: &Cli) -> Result<bool> {
    let folder = page::make(false)?;
    let peers = Peers::start(Some(folder.path()))?;
    let session = run::start(cli, true).await?;
    let mut config = run::base_config(cli, &peers, &session, "soak")?;
    config.insert("soak".into(), cli.soak.into());
    let watched = async {
        run::open(&session, cli.scope, "soak", &config, &peers, folder.path()).await?;
        run::watch(cli, &session, &peers, "soak", &[]).await
    };
    let result = watched.await;
    session.close().await?;
    let result = result?;
    println!(
        "{} cycles in {} ({}): {}",
        cli.soak,
        cli.browser,
        cli.scope.key(),
        result.trim_end()
    );
    Ok(result.starts_with("ok "))
}
