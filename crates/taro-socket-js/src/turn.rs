//! The host's event loop.

use std::cell::{Cell, RefCell};

use wasm_bindgen::{JsValue, prelude::wasm_bindgen};

use crate::Listener;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = Date, js_name = now)]
    fn date_now() -> f64;

    type MessageChannel;

    #[wasm_bindgen(constructor, catch)]
    fn new() -> Result<MessageChannel, JsValue>;

    #[wasm_bindgen(method, getter)]
    fn port1(this: &MessageChannel) -> Port;

    #[wasm_bindgen(method, getter)]
    fn port2(this: &MessageChannel) -> Port;

    type Port;

    #[wasm_bindgen(method, catch)]
    fn start(this: &Port) -> Result<(), JsValue>;

    #[wasm_bindgen(method, catch, js_name = postMessage)]
    fn post_message(this: &Port, message: &JsValue) -> Result<(), JsValue>;
}

/// Milliseconds of the host's clock.
#[must_use]
pub fn now_millis() -> f64 {
    date_now()
}

/// A channel to oneself: what it delivers comes as a task of its own, unlike a microtask, and is not delayed
/// as timers are.
struct Turns {
    sender: Port,
    _receiver: Listener,
}

type Action = Box<dyn FnOnce()>;

thread_local! {
    static WAITING: RefCell<Vec<Action>> = const { RefCell::new(Vec::new()) };
    static TURNS: RefCell<Option<Turns>> = const { RefCell::new(None) };
    static PENDING: Cell<bool> = const { Cell::new(false) };
}

/// Runs `action` as a task of its own, soon; at once where the host has no `MessageChannel`.
pub fn soon(action: impl FnOnce() + 'static) {
    WAITING.with_borrow_mut(|waiting| waiting.push(Box::new(action)));
    if PENDING.replace(true) {
        return;
    }
    if post().is_err() {
        run();
    }
}

fn post() -> Result<(), JsValue> {
    TURNS.with_borrow_mut(|turns| {
        if turns.is_none() {
            *turns = Some(Turns::new()?);
        }
        match turns {
            Some(turns) => turns.sender.post_message(&JsValue::NULL),
            None => Ok(()),
        }
    })
}

fn run() {
    PENDING.set(false);
    for action in WAITING.take() {
        action();
    }
}

impl Turns {
    fn new() -> Result<Self, JsValue> {
        let channel = MessageChannel::new()?;
        let port = channel.port1();
        let receiver = Listener::add(port.as_ref(), "message", |_| run())?;
        port.start()?;
        Ok(Self {
            sender: channel.port2(),
            _receiver: receiver,
        })
    }
}
