//! Runs the conformance suite in a page or worker, and posts what came of it to the test server.
#![cfg(all(target_family = "wasm", target_os = "unknown"))]

mod config;
mod harness;
mod http;
mod panics;
mod probe;
mod soak;
mod suite;

use wasm_bindgen::JsError;
use wasm_bindgen::prelude::wasm_bindgen;

/// Runs what `config` says, a JSON object: see [`config::Config`].
///
/// # Errors
///
/// When the configuration cannot be read, or the test server cannot be reached.
#[wasm_bindgen]
pub async fn run(config: String) -> Result<(), JsError> {
    panics::note();
    let config: config::Config = serde_json::from_str(&config)?;
    if config.soak > 0 {
        soak::run(&config).await?;
    } else {
        suite::run(config).await?;
    }
    Ok(())
}
