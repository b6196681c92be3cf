//! Many connections in a row: what lives afterwards is what lived before.

use std::time::Duration;

use serde::Deserialize;
use taro_socket::SocketConnector;
use taro_socket_conformance::Failure;
use taro_socket_host_js::{Config, Http, Soak, echo_url, post, sleep};
use wasm_bindgen::prelude::wasm_bindgen;

#[wasm_bindgen]
extern "C" {
    /// Of `live.js`.
    #[wasm_bindgen(js_name = liveCounts)]
    fn live_counts() -> String;
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
struct Counts {
    closures: i64,
    listeners: i64,
    sockets: i64,
    bytes: u64,
}

/// Posts `ok`, or what is left, as the run's result.
pub(crate) async fn run(
    config: &Config,
    http: &Http,
    connector: &dyn SocketConnector,
) -> Result<(), Failure> {
    let soak = Soak {
        connector,
        url: &echo_url(&config.plain),
        cycles: config.soak,
        messages: 0,
    };
    let left = soak.run(counts).await;
    post(config, http, left.map(|left| format!("{left:?}"))).await
}

/// What lives once the browser has come to rest.
async fn counts() -> Result<Counts, Failure> {
    sleep(Duration::from_millis(300)).await;
    let text = live_counts();
    serde_json::from_str(&text).map_err(|error| Failure::new(format!("{text}: {error}")))
}
