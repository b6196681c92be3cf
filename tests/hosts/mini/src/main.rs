//! Runs the conformance suite in one simulated mini-program host, and writes its evidence.

mod cli;
mod deviations;
mod loading;

use std::path::Path;
use std::process::ExitCode;

use anyhow::Result;
use clap::Parser;
use taro_socket_hosts::{NodeHost, Page, judge};

use crate::cli::{Cli, Platform};

/// In milliseconds: longer than a run.
const HOUR: &str = "3600000";

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<ExitCode> {
    let cli = Cli::parse();
    let host = host(&cli)?;
    let sound = match cli.soak {
        0 => {
            let listed = |id: &str| deviations::listed(cli.platform, &cli.variant, id);
            host.suite(|outcome| judge(&cli.variant, listed(&outcome.id), outcome))
                .await?
        }
        cycles => host.soak(cycles).await?,
    };
    Ok(if sound {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

fn host(cli: &Cli) -> Result<NodeHost<'_>> {
    let own = Path::new(env!("CARGO_MANIFEST_DIR"));
    let (platform, form) = (cli.platform.key(), cli.form.key());
    let page = Page {
        folder: own.join("page"),
        target: cli.platform.target(),
        form: cli.form.packed(),
    };
    let place = (platform, [cli.variant.as_str(), form]);
    let host = NodeHost::new(&cli.run, own.join("host"), &page, place)?;
    let host = host
        .args(["--platform", platform, "--variant", &cli.variant])
        // The test server listens on loopback, which the vendors' rules leave to developers.
        .args(["--developer"])
        // The suite itself says when the sockets of a hidden app are ended.
        .args(["--kill-after", HOUR])
        .args(loading::options(cli));
    Ok(match cli.platform {
        Platform::Swan => host.secure_only(),
        Platform::Weapp | Platform::Alipay => host,
    })
}
