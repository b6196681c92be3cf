//! Runs the conformance suite in one simulated React Native host, and writes its evidence.

mod cli;
mod deviations;

use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context as _, Result};
use clap::Parser;
use taro_socket_hosts::{NodeHost, Page, judge, npm_version};
use taro_socket_pack::{Form, Target};

use crate::cli::Cli;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<ExitCode> {
    let cli = Cli::parse();
    let host = host(&cli)?;
    let variant = cli.variant;
    let sound = match cli.soak {
        0 => {
            let listed = |id: &str| deviations::listed(variant, id);
            host.suite(|outcome| judge(variant.key(), listed(&outcome.id), outcome))
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
    let (variant, form) = (cli.variant.key(), cli.form.key());
    let page = Page {
        folder: own.join("page"),
        target: Target::Rn,
        form: Form::Js,
        name: format!("rn-{form}"),
    };
    let sources = own.join("host/node_modules/.react-native");
    let version = npm_version(&sources.join(cli.variant.version()))
        .context("React Native is missing: run `cargo xtask setup`")?;
    let host = NodeHost::new(&cli.run, own.join("host"), &page, ("rn", [variant, form]))?;
    Ok(host
        .version("react-native", &version)
        .args(["--variant", variant]))
}
