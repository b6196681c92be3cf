//! The fake class, from Rust.

use std::{sync::Arc, time::Duration};

use js_sys::{Array, Function, Promise, Reflect};
use taro_socket_api::{ConnectSocketOption, Limits, Result, SocketTask, connect_with};
use taro_socket_js::{Record, Timer};
use taro_socket_rn::RnConnector;
use wasm_bindgen::{JsValue, prelude::wasm_bindgen};
use wasm_bindgen_futures::JsFuture;

pub(crate) const URL: &str = "wss://fake.test/";

#[wasm_bindgen]
extern "C" {
    #[derive(Clone)]
    #[wasm_bindgen(js_name = FakeWebSocket)]
    pub(crate) type Fake;

    #[wasm_bindgen(static_method_of = Fake, js_class = FakeWebSocket, getter)]
    pub(crate) fn last() -> Fake;

    #[wasm_bindgen(static_method_of = Fake, js_class = FakeWebSocket, setter)]
    pub(crate) fn set_refusal(value: &JsValue);

    #[wasm_bindgen(static_method_of = Fake, js_class = FakeWebSocket, setter)]
    pub(crate) fn set_deaf(value: bool);

    #[wasm_bindgen(method)]
    pub(crate) fn tell(this: &Fake, name: &str, event: &JsValue) -> String;

    /// JSON of what the constructor was given.
    #[wasm_bindgen(method, getter)]
    pub(crate) fn arguments(this: &Fake) -> String;

    #[wasm_bindgen(method, getter)]
    pub(crate) fn sent(this: &Fake) -> Array;

    #[wasm_bindgen(method, getter)]
    fn closes(this: &Fake) -> Array;

    #[wasm_bindgen(method, getter)]
    fn listeners(this: &Fake) -> js_sys::Map;
}

/// Which event has the text of a failure.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Version {
    /// The error event, and the close event too.
    V76,
    /// The close event alone.
    V88,
}

impl Fake {
    pub(crate) fn set(&self, property: &str, value: impl Into<JsValue>) {
        let set = Reflect::set(self.as_ref(), &property.into(), &value.into());
        assert_eq!(set, Ok(true));
    }

    pub(crate) fn open(&self) {
        self.tell("open", &JsValue::NULL);
    }

    pub(crate) fn message(&self, data: impl Into<JsValue>) -> String {
        self.tell("message", &event([("data", data.into())]))
    }

    pub(crate) fn close(&self, code: impl Into<JsValue>, reason: impl Into<JsValue>) {
        let properties = [("code", code.into()), ("reason", reason.into())];
        self.tell("close", &event(properties));
    }

    /// What React Native makes of `websocketFailed`.
    pub(crate) fn fail(&self, message: Option<&str>, version: Version) {
        let text = message.map_or(JsValue::NULL, JsValue::from_str);
        match version {
            Version::V76 => self.tell("error", &event([("message", text.clone())])),
            Version::V88 => self.tell("error", &event([])),
        };
        self.close(1006, text);
    }

    pub(crate) fn listener_count(&self) -> u32 {
        self.listeners().size()
    }

    pub(crate) fn closes_text(&self) -> String {
        self.closes().join(",").into()
    }
}

pub(crate) fn event<const N: usize>(properties: [(&str, JsValue); N]) -> JsValue {
    let event = Record::new();
    for (name, value) in properties {
        event.set(name, value);
    }
    event.as_js().clone()
}

/// Puts the fake in the place of the browser's class.
pub(crate) fn install() {
    let install = Function::new_no_args(include_str!("socket.js"));
    install.call0(&JsValue::NULL).expect("a sound script");
}

pub(crate) async fn connect(option: ConnectSocketOption) -> Result<Arc<dyn SocketTask>> {
    connect_with(&RnConnector::new(), option).await
}

/// A task that is connecting, and its fake.
pub(crate) async fn dial(option: ConnectSocketOption) -> (Arc<dyn SocketTask>, Fake) {
    install();
    let task = connect(option).await.expect("the fake is made");
    (task, Fake::last())
}

/// An open task, and its fake.
pub(crate) async fn open(limits: Limits) -> (Arc<dyn SocketTask>, Fake) {
    let (task, fake) = dial(ConnectSocketOption::new(URL).limits(limits)).await;
    fake.open();
    (task, fake)
}

pub(crate) async fn sleep(millis: u64) {
    let waited = Promise::new(&mut |resolve, _| {
        let timer = Timer::start(Duration::from_millis(millis), move || {
            resolve.call0(&JsValue::NULL).expect("it does not throw");
        });
        std::mem::forget(timer.expect("timers"));
    });
    JsFuture::from(waited).await.expect("it resolves");
}
