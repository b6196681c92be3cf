//! One run of the suite: driven, watched, put together.

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail, ensure};
use serde_json::{Map, Value, json};
use taro_socket_conformance::{Case, Outcome, Status};
use taro_socket_report::{Evidence, write_evidence};
use tokio::process::{Child, Command};

use crate::cli::{Cli, Platform};
use crate::{deviations, loading, peers::Peers, program};

/// Where every certificate is taken for sound, so that `wss://` reaches the test server, this case says nothing.
const UNTRUSTED: &str = "network/untrusted-certificate";

/// A host from which nothing comes for so long is given up.
const SILENCE: Duration = Duration::from_secs(90);

/// Runs the cases asked for, prints a line for each, writes the evidence; whether none failed.
pub(crate) async fn run(cli: &Cli) -> Result<bool> {
    let seed = cli.run.seed();
    let cases = cli.run.cases(seed);
    ensure!(!cases.is_empty(), "no case has such an id");
    let folder = tempfile::tempdir()?;
    let package = program::make(cli, folder.path())?;
    let peers = Peers::start()?;
    println!(
        "{} cases on {} (simulated: {}, {}), seed {seed}",
        cases.len(),
        cli.platform.key(),
        cli.variant,
        cli.form.key()
    );
    let (untrusted, trusted): (Vec<&Case>, Vec<&Case>) =
        cases.into_iter().partition(|case| case.id == UNTRUSTED);
    let mut runs = Vec::new();
    for (trusting, cases) in [(true, trusted), (false, untrusted)] {
        if !cases.is_empty() {
            runs.push(
                session(
                    cli,
                    seed,
                    &cases,
                    trusting,
                    &peers,
                    (&package, folder.path()),
                )
                .await?,
            );
        }
    }
    let header = runs.first().context("no run")?.header().clone();
    let outcomes = runs.iter().flat_map(|run| run.outcomes().iter().cloned());
    let judge = |outcome| deviations::judge(cli.platform, &cli.variant, outcome);
    let evidence = Evidence::new(header, outcomes.map(judge).collect());
    let end = evidence.end();
    println!(
        "{} passed, {} failed, {} unsupported",
        end.passed, end.failed, end.unsupported
    );
    if let Some(path) = &cli.run.report {
        write_evidence(path, &evidence)?;
    }
    Ok(end.failed == 0)
}

async fn session(
    cli: &Cli,
    seed: u64,
    cases: &[&Case],
    trusting: bool,
    peers: &Peers,
    (package, scratch): (&Path, &Path),
) -> Result<Evidence> {
    let run = if trusting { "suite" } else { "untrusted" };
    let mut config = base_config(cli, peers, run)?;
    config.insert("cases".into(), cases.iter().map(|case| case.id).collect());
    config.insert("seed".into(), seed.into());
    let file = scratch.join(format!("{run}.json"));
    fs::write(&file, serde_json::to_string(&config)?)?;
    let mut host = host(cli, package, &file, trusting)?;
    watch(cli, &mut host, peers, run, cases).await
}

pub(crate) fn base_config(cli: &Cli, peers: &Peers, run: &str) -> Result<Map<String, Value>> {
    let mut config = peers.config(cli.platform == Platform::Swan);
    let rest = json!({
        "connector": "taro-socket", "cases": [], "soak": 0, "seed": 0, "run": run,
        "simulated": true,
        "versions": {
            "node": program::node_version()?,
            "taro-socket": env!("CARGO_PKG_VERSION"),
            "ws": program::ws_version()?,
        },
        "host_name": format!("{} {}, {}", cli.platform.key(), cli.variant, cli.form.key()),
        "fingerprint": cli.run.fingerprint,
    });
    config.extend(rest.as_object().cloned().unwrap_or_default());
    Ok(config)
}

pub(crate) fn host(cli: &Cli, package: &Path, config: &Path, trusting: bool) -> Result<Child> {
    let mut command = Command::new("node");
    command
        .arg(program::host_folder().join("run.js"))
        .args(["--platform", cli.platform.key()])
        .args(["--variant", &cli.variant])
        .arg("--package")
        .arg(package)
        .arg("--config")
        .arg(config)
        .args(loading::options(cli))
        .kill_on_drop(true);
    // The test server listens on loopback, which the vendors' rules leave to developers.
    command.arg("--developer");
    // A peer that never answers a close does not keep its slot for long.
    command.args(["--close-timeout", "500"]);
    if trusting {
        command.arg("--trust");
    }
    command.spawn().context("cannot start node")
}

/// Prints the outcomes as they come; the evidence once it is there.
async fn watch(
    cli: &Cli,
    host: &mut Child,
    peers: &Peers,
    run: &str,
    cases: &[&Case],
) -> Result<Evidence> {
    let progress = format!("{run}-progress");
    let (mut shown, mut last) = (0, Instant::now());
    loop {
        let ended = host.try_wait()?;
        let lines = peers.server.results(&progress).unwrap_or_default();
        for line in lines.lines().skip(shown) {
            shown += 1;
            last = Instant::now();
            let outcome = serde_json::from_str(line)?;
            print(&deviations::judge(cli.platform, &cli.variant, outcome));
        }
        if let Some(ended) = ended {
            ensure!(ended.success(), "the host ended with {ended}");
            let evidence = peers.server.results(run);
            return Ok(Evidence::parse(
                &evidence.context("the host posted no evidence")?,
            )?);
        }
        if last.elapsed() > SILENCE {
            bail!(
                "nothing came from the host for {} s, at {:?}",
                SILENCE.as_secs(),
                cases.get(shown)
            );
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

fn print(outcome: &Outcome) {
    let word = match outcome.status {
        Status::Passed => "ok",
        Status::Failed => "FAILED",
        Status::Unsupported => "unsupported",
    };
    match &outcome.detail {
        Some(detail) => println!("{word:<11} {}: {detail}", outcome.id),
        None => println!("{word:<11} {}", outcome.id),
    }
}
