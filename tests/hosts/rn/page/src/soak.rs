//! Many connections, and many messages over one, leave nothing behind.

use std::time::Duration;

use js_sys::WebAssembly;
use taro_socket::SocketConnector;
use taro_socket_conformance::Failure;
use taro_socket_host_js::{Config, Http, Soak, echo_url, post, sleep};
use taro_socket_js::{describe, number_of};
use wasm_bindgen::{JsCast, JsValue, prelude::wasm_bindgen};

const MESSAGES: usize = 10_000;

#[wasm_bindgen]
extern "C" {
    /// What a simulated host tells besides; devices have none of it.
    pub(crate) type Control;

    #[wasm_bindgen(method, catch, js_name = liveCounts)]
    fn live_counts(this: &Control) -> Result<JsValue, JsValue>;
}

/// Posts `ok`, or what is left, as the run's result.
pub(crate) async fn run(
    config: &Config,
    http: &Http,
    control: &Control,
    connector: &dyn SocketConnector,
) -> Result<(), Failure> {
    let soak = Soak {
        connector,
        url: &echo_url(&config.plain),
        cycles: config.soak,
        messages: MESSAGES,
    };
    let left = soak.run(async || counts(control).await).await;
    let left = left.map(|left| {
        format!(
            "{} cycles and {MESSAGES} messages; sockets, listeners, timers, bytes: {left:?}",
            soak.cycles
        )
    });
    post(config, http, left).await
}

/// What lives once the last socket has ended.
async fn counts(control: &Control) -> Result<[i64; 4], Failure> {
    sleep(Duration::from_millis(300)).await;
    let thrown = |thrown: JsValue| Failure::new(describe(&thrown));
    let counts = control.live_counts().map_err(thrown)?;
    let memory: WebAssembly::Memory = wasm_bindgen::memory().unchecked_into();
    let bytes = number_of(&memory.buffer(), "byteLength").unwrap_or_default();
    let of = |name| number_of(&counts, name).unwrap_or(-1);
    Ok([of("sockets"), of("listeners"), of("timers"), bytes])
}
