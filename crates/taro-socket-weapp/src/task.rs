//! What goes through a task of WeChat.

use taro_socket_api::{CloseFrame, ConnectRequest, Error, Message, OpenEvent, Result};
use taro_socket_js::{
    Record, buffer_of, connection::HostEnd, millis, number_of, property, text_of,
};
use taro_socket_mini::{Dialect, cut, end_of, from_host, header_of, is_peers};
use wasm_bindgen::JsValue;

use crate::error::KNOWN;

/// WeChat's way of saying things.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Weapp;

impl Weapp {
    pub(crate) const fn new() -> Self {
        Self
    }
}

impl Dialect for Weapp {
    fn connect(&self, request: &ConnectRequest, options: &Record) {
        // WeChat's own timeout is at most 60 s; the connection has one of its own.
        options.set("timeout", millis(request.timeout()).clamp(1, 60_000));
        if let Some(on) = request.tcp_no_delay() {
            options.set("tcpNoDelay", on);
        }
        if request.per_message_deflate() {
            options.set("perMessageDeflate", true);
        }
        if request.force_cellular_network() {
            options.set("forceCellularNetwork", true);
        }
    }

    fn opened(&self, event: &JsValue) -> OpenEvent {
        let header = property(event, "header").map(|header| header_of(&header));
        let header = header.unwrap_or_default();
        let protocol = header.get("Sec-WebSocket-Protocol").map(str::to_owned);
        OpenEvent::new(header, protocol.filter(|name| !name.is_empty()))
    }

    fn send(&self, message: &Message, options: &Record) -> Result<()> {
        match message {
            Message::Text(text) => options.set("data", &**text),
            Message::Binary(bytes) => options.set("data", buffer_of(bytes)),
        }
        Ok(())
    }

    fn closed(&self, event: &JsValue, asked: Option<&CloseFrame>) -> HostEnd {
        let (code, reason) = (number_of(event, "code"), text_of(event, "reason"));
        // What iOS says when the server is gone, with code 1001. A peer that closes with a code of its own may say so too.
        let peers = code
            .and_then(|code| u16::try_from(code).ok())
            .is_some_and(is_peers);
        if asked.is_none() && !peers && reason.as_deref() == Some("Stream end encountered") {
            return cut(reason.as_deref().unwrap_or_default());
        }
        end_of(code, reason, asked)
    }

    fn error(&self, what: &str, value: &JsValue) -> Error {
        from_host(what, value, KNOWN)
    }
}
