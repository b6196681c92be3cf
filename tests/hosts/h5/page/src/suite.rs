//! The cases, one after the other.

use std::sync::Arc;

use futures::future::{self, Either};
use js_sys::Promise;
use taro_socket_conformance::{CASES, Case, Failure, Harness, Outcome, Status, run_one};
use taro_socket_js::describe;
use taro_socket_report::{Evidence, FORMAT, HostKind, RunHeader};
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen_futures::JsFuture;

use crate::{config::Config, harness::PageHarness, http, panics};

#[wasm_bindgen]
extern "C" {
    /// Of `run.js`.
    #[wasm_bindgen(js_name = freshTaro)]
    fn fresh_taro() -> Promise;
}

/// Runs the cases asked for; posts each outcome as it comes, then the whole evidence.
pub(crate) async fn run(config: Config) -> Result<(), Failure> {
    #[expect(
        clippy::arc_with_non_send_sync,
        reason = "the suite says Arc; here is one thread"
    )]
    let harness: Arc<dyn Harness> = Arc::new(PageHarness::new(config.clone()));
    let results = |run: &str| format!("{}/control/results?run={run}", config.control);
    let progress = results(&format!("{}-progress", config.run));
    let mut outcomes = Vec::with_capacity(config.cases.len());
    for id in &config.cases {
        let known = CASES.iter().copied().find(|case| case.id == id);
        let case = known.ok_or_else(|| Failure::new(format!("no case is called {id}")))?;
        if config.connector == "taro" {
            JsFuture::from(fresh_taro())
                .await
                .map_err(|thrown| Failure::new(describe(&thrown)))?;
        }
        let outcome = run_case(case, &harness).await;
        let line = serde_json::to_string(&outcome).unwrap_or_default() + "\n";
        http::post(&progress, &line).await?;
        outcomes.push(outcome);
    }
    let evidence = Evidence::new(header(&config, &*harness), outcomes);
    http::post(&results(&config.run), &evidence.render()).await
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
        host: HostKind::Real,
        host_name: config.host_name.clone(),
        versions: config.versions.clone(),
        capabilities: capabilities.iter().map(|name| name.to_string()).collect(),
        fingerprint: config.fingerprint.clone(),
        seed: config.seed,
        suite_cases: CASES.len(),
    }
}
