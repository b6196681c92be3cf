//! Runs the conformance suite inside a React Native app.
#![cfg(all(target_family = "wasm", target_os = "unknown"))]

mod soak;

use std::sync::Arc;

use taro_socket::{Platform, current_platform, rn};
use taro_socket_host_js::{Config, Connector, Http, Surroundings};
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsError};

/// Runs what `config` says, a JSON object: see [`Config`].
///
/// # Errors
///
/// When the configuration cannot be read, or the test server cannot be reached.
#[wasm_bindgen]
pub async fn run(config: String, surroundings: Surroundings) -> Result<(), JsError> {
    let config: Config = serde_json::from_str(&config)?;
    let connector = Connector {
        connector: Arc::new(rn::RnConnector::new()),
        max_sockets: usize::MAX,
        ws_ready_state: |_| None,
        app: None,
    };
    // Of all hosts in the module React Native is the one that is here, though it has a `WebSocket` as browsers do.
    if current_platform() != Platform::Rn {
        return Err(JsError::new("another platform than rn was found"));
    }
    let control: soak::Control = surroundings.clone().unchecked_into();
    let http = Http::new(surroundings);
    match config.soak {
        0 => taro_socket_host_js::run(config, connector, http, async || Ok(())).await?,
        _ => soak::run(&config, &http, &control, &*connector.connector).await?,
    }
    Ok(())
}
