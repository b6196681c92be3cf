//! What a task reports.

use crate::{Error, Header, Message, RetryAdvice};

/// The connection is open. Taro: `OnOpenCallbackResult`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct OpenEvent {
    /// Response headers of the handshake; empty where the platform does not tell them
    /// ([`Capability::ResponseHeader`](crate::Capability::ResponseHeader)).
    pub header: Header,
    /// The subprotocol that the server selected; `None` if none was offered.
    pub protocol: Option<String>,
}

impl OpenEvent {
    /// An event with these response headers and this subprotocol.
    #[must_use]
    pub fn new(header: Header, protocol: Option<String>) -> Self {
        Self { header, protocol }
    }
}

/// A message has arrived. Taro: `OnMessageCallbackResult`.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct MessageEvent {
    /// The whole message.
    pub data: Message,
}

impl MessageEvent {
    /// An event with this message.
    #[must_use]
    pub fn new(data: impl Into<Message>) -> Self {
        Self { data: data.into() }
    }
}

/// The connection failed; a [`CloseEvent`] follows. Taro: `OnErrorCallbackResult`.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct ErrorEvent {
    /// What went wrong.
    pub error: Error,
}

impl ErrorEvent {
    /// An event with this error.
    #[must_use]
    pub fn new(error: Error) -> Self {
        Self { error }
    }

    /// Taro's `errMsg`, never empty.
    #[must_use]
    pub fn err_msg(&self) -> String {
        self.error.err_msg()
    }
}

/// The connection has ended; nothing follows. Taro: `OnCloseCallbackResult`.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct CloseEvent {
    /// The status code of the Close frame received; 1005 if that frame had none,
    /// 1006 if no Close frame was received (RFC 6455 §7.1.5).
    ///
    /// Where a host does not tell the answer to an own close
    /// ([`Capability::CloseAnswer`](crate::Capability::CloseAnswer)), the code and reason that were asked for.
    pub code: u16,
    /// The reason of the Close frame received, otherwise empty.
    pub reason: String,
    /// Whether both Close frames were exchanged (RFC 6455 §7.1.4).
    pub was_clean: bool,
    /// Who or what ended the connection.
    pub cause: CloseCause,
    /// Whether this side had asked for the end before it came, by `close`, `abort` or dropping the last handle,
    /// however it then ended: an own close that the peer never answers has the cause `Timeout`.
    pub requested: bool,
}

impl CloseEvent {
    /// A clean end: the peer's Close frame held this status, `None` being an empty frame.
    #[must_use]
    pub fn clean(code: Option<u16>, reason: impl Into<String>, cause: CloseCause) -> Self {
        Self {
            code: code.unwrap_or(1005),
            reason: reason.into(),
            was_clean: true,
            cause,
            requested: false,
        }
    }

    /// Becomes the end of a connection that was given up before it was open, whatever it was.
    pub(crate) fn give_up(&mut self) {
        (self.code, self.was_clean, self.cause) = (1006, false, CloseCause::Local);
        self.reason.clear();
    }

    /// An end without the peer's Close frame: code 1006.
    #[must_use]
    pub fn abnormal(cause: CloseCause) -> Self {
        Self {
            code: 1006,
            reason: String::new(),
            was_clean: false,
            cause,
            requested: false,
        }
    }
}

impl CloseEvent {
    /// Whether a new connection can help, by the code; see the table at [`RetryAdvice`]. Whoever
    /// [`requested`](Self::requested) the end wants none.
    #[must_use]
    pub const fn retry(&self) -> RetryAdvice {
        RetryAdvice::of_close_code(self.code)
    }
}

/// Who or what ended a connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum CloseCause {
    /// This side asked first: `close` or `abort` was called, or the last handle was dropped.
    Local,
    /// The peer sent its Close frame first.
    Remote,
    /// The host put the app in the background.
    Background,
    /// A connect or close-handshake timeout passed.
    Timeout,
    /// The connection failed, or ended without a Close frame.
    Transport,
}

/// Any event of a task, as streams deliver them: at most one `Open`, messages, at most one `Error`, one `Close`.
#[derive(Clone, Debug)]
#[allow(clippy::exhaustive_enums, reason = "Taro has these four events")]
pub enum SocketEvent {
    /// The connection is open.
    Open(OpenEvent),
    /// A message has arrived.
    Message(MessageEvent),
    /// The connection failed.
    Error(ErrorEvent),
    /// The connection has ended.
    Close(CloseEvent),
}

/// Taro's name of [`OpenEvent`].
pub type OnOpenCallbackResult = OpenEvent;
/// Taro's name of [`MessageEvent`].
pub type OnMessageCallbackResult = MessageEvent;
/// Taro's name of [`ErrorEvent`].
pub type OnErrorCallbackResult = ErrorEvent;
/// Taro's name of [`CloseEvent`].
pub type OnCloseCallbackResult = CloseEvent;
