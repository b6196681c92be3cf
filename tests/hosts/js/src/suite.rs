//! The cases, one after the other.

use std::sync::Arc;

use futures::future::{self, Either};
use taro_socket_conformance::{CASES, Case, Failure, Harness, Outcome, Status, run_one};
use taro_socket_report::{Evidence, FORMAT, HostKind, RunHeader};

use crate::{Config, Connector, HostHarness, Http, panics};

/// Runs the cases asked for; posts each outcome as it comes, then the whole evidence. `before` is awaited before
/// each case.
///
/// # Errors
///
/// When a case is not known, the test server does not answer, or `before` fails.
pub async fn run(
    config: Config,
    connector: Connector,
    http: Http,
    before: impl AsyncFn() -> Result<(), Failure>,
) -> Result<(), Failure> {
    panics::note();
    let few_sockets = connector.max_sockets < usize::MAX;
    let own = HostHarness::new(connector, config.clone(), http.clone());
    #[expect(
        clippy::arc_with_non_send_sync,
        reason = "the suite says Arc; here is one thread"
    )]
    let own = Arc::new(own);
    let harness: Arc<dyn Harness> = Arc::clone(&own) as Arc<dyn Harness>;
    let results = |run: &str| format!("{}/control/results?run={run}", config.control);
    let progress = results(&format!("{}-progress", config.run));
    let mut outcomes = Vec::with_capacity(config.cases.len());
    for id in &config.cases {
        let known = CASES.iter().copied().find(|case| case.id == id);
        let case = known.ok_or_else(|| Failure::new(format!("no case is called {id}")))?;
        if few_sockets {
            own.drop_peers().await?;
        }
        before().await?;
        let outcome = run_case(case, &harness).await;
        let line = serde_json::to_string(&outcome).unwrap_or_default() + "\n";
        http.post(&progress, &line).await?;
        outcomes.push(outcome);
    }
    let evidence = Evidence::new(header(&config, &*harness), outcomes);
    http.post(&results(&config.run), &evidence.render()).await
}

/// A case that panics fails with the panic's text.
async fn run_case(case: &'static Case, harness: &Arc<dyn Harness>) -> Outcome {
    let panicked = panics::next();
    match future::select(run_one(case, Arc::clone(harness)), panicked).await {
        Either::Left((outcome, _)) => outcome,
        Either::Right((text, _)) => {
            let text = text.unwrap_or_else(|_| "the case panicked".to_owned());
            case.outcome(Status::Failed, Some(text))
        }
    }
}

fn header(config: &Config, harness: &dyn Harness) -> RunHeader {
    let capabilities = harness.capabilities();
    RunHeader {
        format: FORMAT,
        platform: harness.platform().name().to_owned(),
        host: match config.simulated {
            true => HostKind::Simulated,
            false => HostKind::Real,
        },
        host_name: config.host_name.clone(),
        versions: config.versions.clone(),
        capabilities: capabilities.iter().map(|name| name.to_string()).collect(),
        fingerprint: config.fingerprint.clone(),
        seed: config.seed,
        suite_cases: CASES.len(),
    }
}
