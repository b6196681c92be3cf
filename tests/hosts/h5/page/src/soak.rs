//! Many connections in a row: what lives afterwards is what lived before.

use std::time::Duration;

use serde::Deserialize;
use taro_socket::{CloseFrame, ConnectSocketOption, Message, SocketEvent, connect_socket};
use taro_socket_conformance::{Behavior, Failure};
use wasm_bindgen::prelude::wasm_bindgen;

use taro_socket_host_js::{Config, Http, sleep};

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
pub(crate) async fn run(config: &Config, http: &Http) -> Result<(), Failure> {
    let url = format!("{}{}", config.plain, Behavior::Echo.target(""));
    for at in 0..20 {
        cycle(&url, at).await?;
    }
    let before = counts().await?;
    for at in 0..config.soak {
        cycle(&url, at).await?;
    }
    let after = counts().await?;
    let grown = after.bytes.saturating_sub(before.bytes);
    let same = Counts { bytes: 0, ..before } == Counts { bytes: 0, ..after };
    let result = match same && grown == 0 {
        true => format!("ok {after:?}\n"),
        false => format!("before {before:?}, after {after:?}\n"),
    };
    http.post(
        &format!("{}/control/results?run={}", config.control, config.run),
        &result,
    )
    .await
}

/// One connection: streams, handlers and both ways to end it.
async fn cycle(url: &str, at: usize) -> Result<(), Failure> {
    let task = connect_socket(ConnectSocketOption::new(url)).await?;
    let mut events = task.events();
    task.on_message(drop);
    task.opened().await?;
    task.send(format!("message {at}")).await?;
    let closed = task.closed();
    while let Some(event) = events.next().await {
        if let SocketEvent::Message(event) = event {
            if event.data != Message::from(format!("message {at}")) {
                return Err(Failure::new("another message came back"));
            }
            break;
        }
    }
    if at.is_multiple_of(2) {
        task.close(CloseFrame::new(4000, "next")?).await?;
    }
    drop((task, events));
    closed.await;
    Ok(())
}

/// What lives once the browser has come to rest.
async fn counts() -> Result<Counts, Failure> {
    sleep(Duration::from_millis(300)).await;
    let text = live_counts();
    serde_json::from_str(&text).map_err(|error| Failure::new(format!("{text}: {error}")))
}
