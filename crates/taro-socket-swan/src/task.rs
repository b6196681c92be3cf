//! What goes through a task of Baidu.

use taro_socket_api::{ConnectRequest, Error, Message, OpenEvent, Result};
use taro_socket_js::{Record, buffer_of};
use taro_socket_mini::{Dialect, encode, from_host};
use wasm_bindgen::JsValue;

use crate::error::KNOWN;

/// Baidu's way of saying things.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Swan {
    pub(crate) binary_as_base64: bool,
}

impl Swan {
    pub(crate) const fn new() -> Self {
        Self {
            binary_as_base64: false,
        }
    }
}

impl Dialect for Swan {
    fn connect(&self, _request: &ConnectRequest, _options: &Record) {}

    /// Headers are documented for the global event only, and some clients leave them out.
    fn opened(&self, _event: &JsValue) -> OpenEvent {
        OpenEvent::default()
    }

    fn send(&self, message: &Message, options: &Record) -> Result<()> {
        match message {
            Message::Text(text) => options.set("data", &**text),
            Message::Binary(bytes) if self.binary_as_base64 => {
                options.set("data", encode(bytes)?);
            }
            Message::Binary(bytes) => options.set("data", buffer_of(bytes)),
        }
        Ok(())
    }

    fn error(&self, what: &str, value: &JsValue) -> Error {
        from_host(what, value, KNOWN)
    }
}
