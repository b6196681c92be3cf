//! How the hosts differ.

use taro_socket_api::{CloseFrame, ConnectRequest, Error, Message, OpenEvent, Result};
use taro_socket_js::{
    PlainText, Record, Unread, connection::HostEnd, number_of, property, read, text_of,
};
use wasm_bindgen::JsValue;

use crate::end_of;

/// One host's way of saying things. Every value is the host's and may be of any kind.
pub trait Dialect: 'static {
    /// Adds to the options of `connectSocket` what only this host has; URL, header, subprotocols and timeout
    /// are there.
    fn connect(&self, request: &ConnectRequest, options: &Record);

    /// What the argument of `onOpen` says.
    fn opened(&self, event: &JsValue) -> OpenEvent;

    /// The message in the argument of `onMessage`, copied; by default a text or buffer in its `data`.
    ///
    /// # Errors
    ///
    /// [`Unread`].
    fn message(&self, event: &JsValue, max_bytes: usize) -> Result<Message, Unread> {
        let data = property(event, "data").unwrap_or_default();
        read(&data, &PlainText, max_bytes)
    }

    /// Adds the message to the options of `send`.
    ///
    /// # Errors
    ///
    /// `LimitExceeded` where the host's form of the message is too long for the memory.
    fn send(&self, message: &Message, options: &Record) -> Result<()>;

    /// What the argument of `onClose` says; see [`end_of`]. `asked` is the frame that this side has sent.
    fn closed(&self, event: &JsValue, asked: Option<&CloseFrame>) -> HostEnd {
        end_of(number_of(event, "code"), text_of(event, "reason"), asked)
    }

    /// By which name events tell whose they are.
    fn id_name(&self) -> &'static str {
        "socketTaskId"
    }

    /// The error in what the function `what` has thrown, or has given to `fail` or `onError`.
    fn error(&self, what: &str, value: &JsValue) -> Error;
}
