//! How the hosts differ.

use taro_socket_api::{CloseFrame, ConnectRequest, Error, Message, OpenEvent, Result};
use taro_socket_js::{Record, Unread, faults};
use wasm_bindgen::JsValue;

/// One host's way of saying things. Every value is the host's and may be of any kind.
pub trait Dialect: 'static {
    /// Adds to the options of `connectSocket` what only this host has; URL, header, subprotocols and timeout
    /// are there.
    fn connect(&self, request: &ConnectRequest, options: &Record);

    /// What the argument of `onOpen` says.
    fn opened(&self, event: &JsValue) -> OpenEvent;

    /// The message in the argument of `onMessage`, copied.
    ///
    /// # Errors
    ///
    /// [`Unread`].
    fn message(&self, event: &JsValue, max_bytes: usize) -> Result<Message, Unread>;

    /// Adds the message to the options of `send`.
    ///
    /// # Errors
    ///
    /// `LimitExceeded` where the host's form of the message is too long for the memory.
    fn send(&self, message: &Message, options: &Record) -> Result<()>;

    /// What the argument of `onClose` says. `asked` is the frame that this side has sent.
    fn closed(&self, event: &JsValue, asked: Option<&CloseFrame>) -> HostClose;

    /// The error in what the function `what` has thrown, or has given to `fail` or `onError`.
    fn error(&self, what: &str, value: &JsValue) -> Error;
}

/// How a connection ended, as far as the host tells.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(clippy::exhaustive_enums, reason = "hosts know no other end")]
pub enum HostClose {
    /// By Close frames: status, if there was one or the host tells it, and reason.
    Clean(Option<u16>, String),
    /// Without the peer's Close frame.
    Abnormal,
    /// The host has ended it because the app was in the background.
    Background,
}

impl HostClose {
    /// What hosts say in common: a `code`, a number or its digits, and a `reason`, each of which may be missing.
    ///
    /// An own close is reported as it was asked for: what hosts say of it differs from device to device.
    #[must_use]
    pub fn of(code: Option<i64>, reason: Option<String>, asked: Option<&CloseFrame>) -> Self {
        let reason = reason.unwrap_or_default();
        let code = code.and_then(|code| u16::try_from(code).ok());
        match (asked, code) {
            (Some(_), Some(1006)) => Self::Abnormal,
            (Some(frame), _) => Self::Clean(Some(frame.code()), frame.reason().to_owned()),
            (None, _) if reason == "interrupted" => Self::Background,
            (None, None | Some(1005)) => Self::Clean(None, reason),
            (None, Some(code)) if faults::may_be_received(code) => Self::Clean(Some(code), reason),
            (None, Some(_)) => Self::Abnormal,
        }
    }
}
