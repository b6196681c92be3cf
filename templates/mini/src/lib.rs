//! A chat for mini-programs and React Native: `connect` gives JavaScript a [`Chat`] and tells it what happens.
#![cfg(all(target_family = "wasm", target_os = "unknown"))]

use std::sync::Arc;

use taro_socket::prelude::*;
use wasm_bindgen::prelude::{JsError, JsValue, wasm_bindgen};

/// Each byte is downloaded, and this has less code than the standard library's.
#[global_allocator]
static MEMORY: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = console)]
    fn error(thrown: &JsValue);

    /// A function of the program. js-sys has one too, and more code.
    #[derive(Clone, Debug)]
    #[wasm_bindgen(typescript_type = "Function")]
    pub type Function;

    #[wasm_bindgen(catch, method)]
    fn call(this: &Function, this_value: &JsValue, event: &Event) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(js_name = Object)]
    type Event;

    #[wasm_bindgen(constructor, js_class = "Object")]
    fn new() -> Event;

    #[wasm_bindgen(method, indexing_setter)]
    fn set(this: &Event, name: &str, value: &JsValue);
}

/// One connection. `free()` closes it.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Chat {
    task: Arc<dyn SocketTask>,
    events: Events,
}

#[wasm_bindgen]
impl Chat {
    /// Sends a text. What is refused is told as an event `error`.
    pub fn send(&self, text: String) {
        let failed = self.events.told_of_failure();
        self.task.send_with(SendOption::new(text).fail(failed));
    }

    /// Begins to close: 1000 or 3000 to 4999, and at most 123 bytes. What is refused is told as an event `error`.
    pub fn close(&self, code: u16, reason: String) {
        let option = CloseOption::new().code(code).reason(reason);
        self.task
            .close_with(option.fail(self.events.told_of_failure()));
    }
}

/// Connects. `on_event` is told `{type: "open", protocol}`, `{type: "message", data}`, `{type: "error", errMsg}` and, at
/// the end, `{type: "close", code, reason, cause}`. After that only a send that the end cut off is told, as an error.
///
/// # Errors
///
/// When the URL is refused or the host has no sockets.
#[wasm_bindgen]
pub fn connect(url: String, on_event: Function) -> Result<Chat, JsError> {
    let events = Events(on_event);
    let task = connect_socket_now(ConnectSocketOption::new(url))
        .map_err(|error| JsError::new(&error.err_msg()))?;
    let told = events.clone();
    task.on_open(move |event| {
        let protocol = event.protocol.unwrap_or_default();
        told.tell(Event::of("open").with("protocol", protocol));
    });
    let told = events.clone();
    task.on_message(move |event| {
        let data = event.data.as_text().unwrap_or("(binary)");
        told.tell(Event::of("message").with("data", data));
    });
    let told = events.clone();
    task.on_error(move |event| told.failed(&event.err_msg()));
    let told = events.clone();
    task.on_close(move |event| {
        let end = Event::of("close").with("code", event.code);
        let end = end.with("reason", event.reason);
        told.tell(end.with("cause", cause(event.cause)));
    });
    Ok(Chat { task, events })
}

fn cause(cause: CloseCause) -> &'static str {
    match cause {
        CloseCause::Local => "local",
        CloseCause::Remote => "remote",
        CloseCause::Background => "background",
        CloseCause::Timeout => "timeout",
        _ => "transport",
    }
}

/// The program's function.
#[derive(Clone, Debug)]
struct Events(Function);

impl Events {
    /// What is refused is told as an event.
    fn told_of_failure(&self) -> impl FnOnce(taro_socket::Error) + use<> {
        let events = self.clone();
        move |error| events.failed(&error.err_msg())
    }

    fn failed(&self, text: &str) {
        self.tell(Event::of("error").with("errMsg", text));
    }

    /// What the function throws is shown, and goes no further.
    fn tell(&self, event: Event) {
        if let Err(thrown) = self.0.call(&JsValue::NULL, &event) {
            error(&thrown);
        }
    }
}

impl Event {
    fn of(kind: &str) -> Self {
        Self::new().with("type", kind)
    }

    fn with(self, name: &str, value: impl Into<JsValue>) -> Self {
        self.set(name, &value.into());
        self
    }
}
