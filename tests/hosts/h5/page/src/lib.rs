//! Runs the conformance suite in a page or worker, and posts what came of it to the test server.
#![cfg(all(target_family = "wasm", target_os = "unknown"))]

mod connector;
mod soak;

use js_sys::Promise;
use taro_socket::{Platform, current_platform};
use taro_socket_conformance::Failure;
use taro_socket_host_js::{Config, Http, Surroundings};
use taro_socket_js::describe;
use wasm_bindgen::JsError;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen_futures::JsFuture;

#[wasm_bindgen]
extern "C" {
    /// Of `run.js`.
    #[wasm_bindgen(js_name = freshTaro)]
    fn fresh_taro() -> Promise;
}

/// Runs what `config` says, a JSON object: see [`Config`].
///
/// # Errors
///
/// When the configuration cannot be read, or the test server cannot be reached.
#[wasm_bindgen]
pub async fn run(config: String, surroundings: Surroundings) -> Result<(), JsError> {
    let config: Config = serde_json::from_str(&config)?;
    let http = Http::new(surroundings);
    if config.soak > 0 {
        soak::run(&config, &http, &*connector::connector(false).connector).await?;
        return Ok(());
    }
    // Of all hosts in the module the browser is the one that is here.
    if current_platform() != Platform::H5 {
        return Err(JsError::new("another platform than h5 was found"));
    }
    let taro = config.connector == "taro";
    let before = async || match taro {
        true => match JsFuture::from(fresh_taro()).await {
            Ok(_) => Ok(()),
            Err(thrown) => Err(Failure::new(describe(&thrown))),
        },
        false => Ok(()),
    };
    let connector = connector::connector(taro);
    taro_socket_host_js::run(config, connector, http, before).await?;
    Ok(())
}
