//! Runs the conformance suite inside a mini-program, on the platform that is found there.
#![cfg(all(target_family = "wasm", target_os = "unknown"))]

mod base64;
mod checks;
mod control;

use std::{sync::Arc, time::Duration};

use taro_socket::{Platform, SocketConnector, alipay, current_platform, h5, swan, weapp};
use taro_socket_conformance::Failure;
use taro_socket_host_js::{Config, Connector, Http, Surroundings, sleep};
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
    let control: control::Control = surroundings.clone().unchecked_into();
    let connector = Connector {
        connector: connector(),
        max_sockets: 5,
        ws_ready_state: |_| None,
        app: control.app(),
    };
    let checking = config.soak > 0;
    let http = Http::new(surroundings);
    if checking {
        checks::run(&config, &http, &control, &*connector.connector).await?;
        return Ok(());
    }
    taro_socket_host_js::run(config, connector, http, nothing_left).await?;
    Ok(())
}

/// Hosts let few sockets exist, and what the case before has left may end later.
async fn nothing_left() -> Result<(), Failure> {
    for _ in 0..1000 {
        if weapp::sockets() + alipay::sockets() + swan::sockets() == 0 {
            return Ok(());
        }
        sleep(Duration::from_millis(10)).await;
    }
    Err(Failure::new(
        "the host keeps the sockets of the case before",
    ))
}

/// The name of the platform that is found here.
#[wasm_bindgen]
pub fn platform() -> String {
    current_platform().name().to_owned()
}

/// The connector that the facade would take.
fn connector() -> Arc<dyn SocketConnector> {
    match current_platform() {
        Platform::Weapp => Arc::new(weapp::WeappConnector::new()),
        Platform::Alipay => Arc::new(alipay::AlipayConnector::new()),
        Platform::Swan => Arc::new(swan::SwanConnector::new()),
        _ => Arc::new(h5::H5Connector::new()),
    }
}
