//! The fake class, as React Native's.

use std::sync::Arc;

use taro_socket_api::{ConnectSocketOption, Limits, Result, SocketTask, connect_with};
use taro_socket_fake_host::{Face, Open};
use taro_socket_rn::RnConnector;
use wasm_bindgen::JsValue;

pub(crate) use taro_socket_fake_host::{Fake, asked, event, sleep};

pub(crate) const URL: &str = "wss://fake.test/";
pub(crate) const FACE: Face = Face::Class;

/// Which event has the text of a failure.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Version {
    /// The error event, and the close event too.
    V76,
    /// The close event alone.
    V88,
}

/// What React Native makes of `websocketFailed`.
pub(crate) fn fail(fake: &Fake, message: Option<&str>, version: Version) {
    let text = message.map_or(JsValue::NULL, JsValue::from_str);
    match version {
        Version::V76 => fake.tell("error", &event([("message", text.clone())])),
        Version::V88 => fake.tell("error", &event([])),
    };
    fake.close(1006, text);
}

pub(crate) async fn connect(option: ConnectSocketOption) -> Result<Arc<dyn SocketTask>> {
    connect_with(&RnConnector::new(), option).await
}

/// A task that is connecting, and its fake.
pub(crate) async fn dial(option: ConnectSocketOption) -> Open {
    taro_socket_fake_host::dial(FACE, &RnConnector::new(), option)
}

/// An open task, and its fake.
pub(crate) async fn open(limits: Limits) -> Open {
    taro_socket_fake_host::open(FACE, &RnConnector::new(), limits)
}
