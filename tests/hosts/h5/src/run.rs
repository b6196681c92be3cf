//! One run of the suite: driven, watched, put together.

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail, ensure};
use serde_json::{Map, Value, json};
use taro_socket_conformance::{Case, Outcome, Status};
use taro_socket_report::{Evidence, write_evidence};
use taro_socket_web::Session;

use crate::cli::{Cli, Scope};
use crate::{deviations, page, peers::Peers};

/// In one session every certificate is taken for sound, so that `wss://` reaches the test server.
/// What these cases say about a certificate that is not trusted is true in the other session only.
const UNTRUSTED: [&str; 1] = ["network/untrusted-certificate"];

/// A page from which nothing comes for so long is given up.
const SILENCE: Duration = Duration::from_secs(90);

/// Runs the cases asked for, prints a line for each, writes the evidence; whether none failed.
pub(crate) async fn run(cli: &Cli) -> Result<bool> {
    let seed = cli.run.seed();
    let cases = cli.run.cases(seed);
    ensure!(!cases.is_empty(), "no case has such an id");
    let folder = page::make(cli.taro)?;
    let peers = Peers::start(folder.path())?;
    println!(
        "{} cases in {} ({}), seed {seed}",
        cases.len(),
        cli.browser,
        cli.scope.key()
    );
    let (untrusted, trusted): (Vec<&Case>, Vec<&Case>) = cases
        .into_iter()
        .partition(|case| UNTRUSTED.contains(&case.id));
    let mut runs = Vec::new();
    for (trusting, cases) in [(true, trusted), (false, untrusted)] {
        if !cases.is_empty() {
            runs.push(session(cli, seed, &cases, trusting, &peers, folder.path()).await?);
        }
    }
    let header = runs.first().context("no run")?.header().clone();
    let outcomes = runs.iter().flat_map(|run| run.outcomes().iter().cloned());
    let outcomes = outcomes.map(|outcome| match cli.taro {
        true => outcome,
        false => deviations::judge(cli.browser, outcome),
    });
    let evidence = Evidence::new(header, outcomes.collect());
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
    folder: &Path,
) -> Result<Evidence> {
    let session = start(cli, trusting).await?;
    let run = if trusting { "suite" } else { "untrusted" };
    let mut config = base_config(cli, peers, &session, run)?;
    config.insert("cases".into(), cases.iter().map(|case| case.id).collect());
    config.insert("seed".into(), seed.into());
    let watched = async {
        open(&session, cli.scope, run, &config, peers, folder).await?;
        watch(cli, &session, peers, run, cases).await
    };
    let text = watched.await;
    session.close().await?;
    Ok(Evidence::parse(&text?)?)
}

pub(crate) async fn start(cli: &Cli, trusting: bool) -> Result<Session> {
    let window = (1000, 800);
    match trusting {
        true => Session::start_trusting(cli.browser, window).await,
        false => Session::start(cli.browser, window).await,
    }
}

/// All but the cases.
pub(crate) fn base_config(
    cli: &Cli,
    peers: &Peers,
    session: &Session,
    run: &str,
) -> Result<Map<String, Value>> {
    let mut versions = Map::new();
    versions.insert(cli.browser.key().into(), session.version().into());
    let (connector, name) = match cli.taro {
        true => ("taro", "Taro's own task in "),
        false => ("taro-socket", ""),
    };
    if cli.taro {
        versions.insert("@tarojs/taro-h5".into(), page::taro_version()?.into());
    } else {
        versions.insert("taro-socket".into(), env!("CARGO_PKG_VERSION").into());
    }
    let mut config = peers.config();
    let rest = json!({
        "connector": connector, "cases": [], "soak": 0, "seed": 0, "run": run, "versions": versions,
        "host_name": format!("{name}{} {}", cli.browser, cli.scope.key()),
        "fingerprint": cli.run.fingerprint,
    });
    config.extend(rest.as_object().cloned().unwrap_or_default());
    Ok(config)
}

/// Loads the page, which starts at once.
pub(crate) async fn open(
    session: &Session,
    scope: Scope,
    run: &str,
    config: &Map<String, Value>,
    peers: &Peers,
    folder: &Path,
) -> Result<()> {
    let file = format!("{run}.json");
    fs::write(folder.join(&file), serde_json::to_string(config)?)?;
    let query = format!("index.html?scope={}&config={file}", scope.key());
    Ok(session
        .client()
        .goto(&peers.server.page_url(&query))
        .await?)
}

/// Prints the outcomes as they come; the evidence once it is there.
pub(crate) async fn watch(
    cli: &Cli,
    session: &Session,
    peers: &Peers,
    run: &str,
    cases: &[&Case],
) -> Result<String> {
    let progress = format!("{run}-progress");
    let (mut shown, mut last) = (0, Instant::now());
    loop {
        let lines = peers.server.results(&progress).unwrap_or_default();
        for line in lines.lines().skip(shown) {
            shown += 1;
            last = Instant::now();
            let outcome = serde_json::from_str(line)?;
            print(&match cli.taro {
                true => outcome,
                false => deviations::judge(cli.browser, outcome),
            });
        }
        if let Some(evidence) = peers.server.results(run) {
            return Ok(evidence);
        }
        let state = session
            .client()
            .find(fantoccini::Locator::Id("state"))
            .await?;
        let state = state.text().await?;
        if state.starts_with("failed") {
            bail!("the page {state}, at {:?}", cases.get(shown));
        }
        ensure!(
            last.elapsed() < SILENCE,
            "nothing came from the page for {} s, at {:?}; it shows {state:?}",
            SILENCE.as_secs(),
            cases.get(shown)
        );
        tokio::time::sleep(Duration::from_millis(200)).await;
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
