//! One run of the suite: driven, watched, put together.

use std::fs;
use std::path::Path;
use std::time::Duration;

use anyhow::{Result, bail};
use serde_json::{Map, Value, json};
use taro_socket_conformance::{Case, Outcome};
use taro_socket_hosts::{Part, Peers, Progress, Suite, judge};
use taro_socket_report::Evidence;
use taro_socket_web::Session;

use crate::cli::{Cli, Scope};
use crate::{deviations, page};

/// Runs the cases asked for, prints a line for each, writes the evidence; whether none failed.
pub(crate) async fn run(cli: &Cli) -> Result<bool> {
    let suite = Suite::new(&cli.run)?;
    let folder = page::make(cli.taro)?;
    let peers = Peers::start(Some(folder.path()))?;
    let place = format!("in {} ({})", cli.browser, cli.scope.key());
    let session = async |part: Part| session(cli, &part, &peers, folder.path()).await;
    suite
        .run(&place, |outcome| judged(cli, outcome), session)
        .await
}

/// The outcome as it counts; Taro's are what they are.
fn judged(cli: &Cli, outcome: Outcome) -> Outcome {
    let listed = match cli.taro {
        true => None,
        false => deviations::listed(cli.browser, &outcome.id),
    };
    judge(cli.browser, listed, outcome)
}

async fn session(cli: &Cli, part: &Part, peers: &Peers, folder: &Path) -> Result<Evidence> {
    let session = start(cli, part.trusting).await?;
    let mut config = base_config(cli, peers, &session, part.name)?;
    let cases = part.cases.iter().map(|case| case.id).collect();
    config.insert("cases".into(), cases);
    config.insert("seed".into(), part.seed.into());
    let watched = async {
        open(&session, cli.scope, part.name, &config, peers, folder).await?;
        watch(cli, &session, peers, part.name, &part.cases).await
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
    let mut config = peers.config("ws");
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
    let mut progress = Progress::new(run);
    loop {
        progress.show(&peers.server, &|outcome| judged(cli, outcome))?;
        if let Some(evidence) = peers.server.results(run) {
            return Ok(evidence);
        }
        let state = session
            .client()
            .find(fantoccini::Locator::Id("state"))
            .await?;
        let state = state.text().await?;
        if state.starts_with("failed") {
            bail!("the page {state}, at {:?}", cases.get(progress.shown()));
        }
        if let Some(seconds) = progress.silence() {
            let at = cases.get(progress.shown());
            bail!("nothing came from the page for {seconds} s, at {at:?}; it shows {state:?}");
        }
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
}
