//! The measured client, in the ways in which an app may use it.
#![cfg(all(target_family = "wasm", target_os = "unknown"))]
#![allow(unreachable_pub, reason = "the script calls what is exported")]

use std::cell::Cell;
use std::rc::Rc;
use std::sync::Arc;

use js_sys::{Function, Uint8Array};
use taro_socket::prelude::*;
use wasm_bindgen::prelude::{JsError, JsValue, wasm_bindgen};

/// One connection.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Client {
    task: Arc<dyn SocketTask>,
    received: Rc<Cell<f64>>,
}

/// Connects. Messages go to `relay`; without it they stay in Rust, where their bytes are counted.
///
/// # Errors
/// When the URL is refused or the host has no sockets.
#[wasm_bindgen]
pub fn dial(url: String, relay: Option<Function>) -> Result<Client, JsError> {
    let task = connect_socket_now(ConnectSocketOption::new(url))?;
    let received = Rc::new(Cell::new(0.0));
    let count = Rc::clone(&received);
    task.on_message(move |event| {
        count.set(count.get() + event.data.len() as f64);
        let Some(relay) = &relay else { return };
        let value = match &event.data {
            Message::Text(text) => JsValue::from_str(text),
            Message::Binary(bytes) => Uint8Array::from(&bytes[..]).buffer().into(),
        };
        // What the script throws is counted as missing.
        let _ = relay.call1(&JsValue::NULL, &value);
    });
    Ok(Client { task, received })
}

#[wasm_bindgen]
impl Client {
    /// Bytes of all messages so far.
    pub fn received(&self) -> f64 {
        self.received.get()
    }

    /// Sends a text of the script's.
    #[wasm_bindgen(js_name = sendText)]
    pub fn send_text(&self, text: String) {
        self.task.send_with(SendOption::new(text));
    }

    /// Sends bytes of the script's.
    #[wasm_bindgen(js_name = sendBytes)]
    pub fn send_bytes(&self, bytes: Vec<u8>) {
        self.task.send_with(SendOption::new(bytes));
    }

    /// Sends this text so many times.
    #[wasm_bindgen(js_name = repeatText)]
    pub fn repeat_text(&self, text: String, times: u32) {
        self.repeat(&Message::from(text), times);
    }

    /// Sends these bytes so many times.
    #[wasm_bindgen(js_name = repeatBytes)]
    pub fn repeat_bytes(&self, bytes: Vec<u8>, times: u32) {
        self.repeat(&Message::from(bytes), times);
    }
}

impl Client {
    /// Cloning a message shares its bytes.
    fn repeat(&self, message: &Message, times: u32) {
        for _ in 0..times {
            self.task.send_with(SendOption::new(message.clone()));
        }
    }
}
