//! The fake class, from Rust.

use std::{sync::Arc, time::Duration};

use js_sys::{Array, Function, Object, Promise, Reflect};
use taro_socket_api::{ConnectSocketOption, Limits, Result, SocketTask, connect_with};
use taro_socket_h5::H5Connector;
use taro_socket_js::Timer;
use wasm_bindgen::{JsValue, prelude::wasm_bindgen};
use wasm_bindgen_futures::JsFuture;

#[wasm_bindgen]
extern "C" {
    #[derive(Clone)]
    #[wasm_bindgen(js_name = FakeWebSocket)]
    pub(crate) type Fake;

    #[wasm_bindgen(static_method_of = Fake, js_class = FakeWebSocket, getter)]
    pub(crate) fn last() -> Fake;

    #[wasm_bindgen(static_method_of = Fake, js_class = FakeWebSocket, setter)]
    pub(crate) fn set_refusal(value: &JsValue);

    #[wasm_bindgen(method)]
    pub(crate) fn tell(this: &Fake, name: &str, event: &JsValue) -> String;

    #[wasm_bindgen(method, getter)]
    pub(crate) fn arguments(this: &Fake) -> Array;

    #[wasm_bindgen(method, getter)]
    pub(crate) fn sent(this: &Fake) -> Array;

    #[wasm_bindgen(method, getter)]
    pub(crate) fn closes(this: &Fake) -> Array;

    #[wasm_bindgen(method, getter)]
    fn listeners(this: &Fake) -> js_sys::Map;
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
        self.tell("message", &event(&[("data", data.into())]))
    }

    pub(crate) fn close(&self, code: u16, reason: &str, clean: bool) {
        let properties = [
            ("code", code.into()),
            ("reason", reason.into()),
            ("wasClean", clean.into()),
        ];
        self.tell("close", &event(&properties));
    }

    pub(crate) fn listener_count(&self) -> u32 {
        self.listeners().size()
    }

    pub(crate) fn closes_text(&self) -> String {
        self.closes().join(",").into()
    }
}

pub(crate) fn event(properties: &[(&str, JsValue)]) -> JsValue {
    let event = Object::new();
    for (name, value) in properties {
        let set = Reflect::set(&event, &JsValue::from_str(name), value);
        assert_eq!(set, Ok(true));
    }
    event.into()
}

/// Puts the fake in the place of the browser's class.
pub(crate) fn install() {
    let install = Function::new_no_args(include_str!("socket.js"));
    install.call0(&JsValue::NULL).expect("a sound script");
}

pub(crate) async fn connect(option: ConnectSocketOption) -> Result<Arc<dyn SocketTask>> {
    connect_with(&H5Connector::new(), option).await
}

/// An open task, and its fake.
pub(crate) async fn open(limits: Limits) -> (Arc<dyn SocketTask>, Fake) {
    install();
    let option = ConnectSocketOption::new("wss://fake.test/").limits(limits);
    let task = connect(option).await.expect("the fake is made");
    let fake = Fake::last();
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
