//! What goes through a task of Baidu.

use taro_socket_api::{CloseFrame, ConnectRequest, Error, Message, OpenEvent, Result};
use taro_socket_js::{
    PlainText, Record, Unread, buffer_of, connection::HostEnd, number_of, property, read, text_of,
};
use taro_socket_mini::{Dialect, encode, end_of, from_host};
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

    fn message(&self, event: &JsValue, max_bytes: usize) -> Result<Message, Unread> {
        let data = property(event, "data").unwrap_or_default();
        read(&data, &PlainText, max_bytes)
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

    fn closed(&self, event: &JsValue, asked: Option<&CloseFrame>) -> HostEnd {
        let reason = text_of(event, "reason");
        end_of(number_of(event, "code"), reason, asked)
    }

    fn id_name(&self) -> &'static str {
        "socketTaskId"
    }

    fn error(&self, what: &str, value: &JsValue) -> Error {
        from_host(what, value, KNOWN)
    }
}
