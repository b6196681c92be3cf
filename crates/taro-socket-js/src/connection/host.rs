//! What a host supplies to its connections.

use std::rc::Rc;

use taro_socket_api::{
    CloseCause, Completion, ConnectRequest, Emitter, Error, Flow, Limits, Message, OpenEvent,
    Result, TaskCore,
};
use wasm_bindgen::JsValue;

use super::{Connection, Line};
use crate::Unread;

/// One host's socket, and how it says things. Every value is the host's and may be of any kind.
///
/// All state of a connection is the [`Connection`]'s. Calls of the host that may call back go through
/// [`call_host`](super::call_host).
pub trait Host: Sized + 'static {
    /// The way from the host to the connection.
    type Line: Line;

    /// Whether the host's socket may live on after its task has ended: then it is listened to until it ends.
    fn outlives(&self, opened: bool) -> bool;

    /// State and emitter of a task over this host.
    fn core(&self, limits: Limits) -> (TaskCore, Emitter);

    /// Dials, if that has not been done, and listens.
    ///
    /// # Errors
    ///
    /// What the host refuses with before it returns.
    fn connect(connection: &Rc<Connection<Self>>, request: &ConnectRequest) -> Result<()>;

    /// What the host's open event says.
    ///
    /// # Errors
    ///
    /// `Handshake` where the server selected no subprotocol that it may.
    fn opened(&self, event: &JsValue) -> Result<OpenEvent>;

    /// The message in the host's event, copied.
    ///
    /// # Errors
    ///
    /// [`Unread`].
    fn read(&self, event: &JsValue, max_bytes: usize) -> Result<Message, Unread>;

    /// Tells the core a message.
    fn deliver(connection: &Rc<Connection<Self>>, message: Message) -> Flow {
        connection.emitter().message(message)
    }

    /// Whether an event is another socket's: hosts are known that tell each task of all of them. A host that cannot
    /// know yet keeps the event, and tells it again with [`tell_last`](Connection::tell_last).
    fn is_foreign(_connection: &Rc<Connection<Self>>, _what: u32, _event: &JsValue) -> bool {
        false
    }

    /// What the host's error event says.
    fn failed(connection: &Connection<Self>, event: &JsValue) -> HostError;

    /// What the host's close event says. Before open it says why there is no connection, in an error if at all; no
    /// such end is clean.
    fn closed(connection: &Rc<Connection<Self>>, event: &JsValue) -> HostEnd;

    /// The error of a connection that ended without the host saying why.
    fn lost(&self, opened: bool) -> Error;

    /// Gives the message to the host, and reports through `done` once it has taken it.
    fn send(connection: &Rc<Connection<Self>>, message: &Message, done: Completion);

    /// Reports through `done` once what was sent before has left, as far as the host tells.
    fn flush(connection: &Rc<Connection<Self>>, done: Completion);

    /// Asks the host to close.
    ///
    /// # Errors
    ///
    /// What the host throws.
    fn close(connection: &Connection<Self>, code: u16, reason: &str) -> Result<(), JsValue>;

    /// The host's `close` has returned, by which most have taken it; others call
    /// [`close_accepted`](Connection::close_accepted) later.
    fn closing(connection: &Rc<Connection<Self>>) {
        connection.close_accepted();
    }

    /// The own close was not answered in time; the end follows.
    fn unanswered(_connection: &Rc<Connection<Self>>) {}

    /// The error of what `close` has thrown.
    fn close_error(&self, thrown: &JsValue) -> Error;

    /// A function of the host's own number, from [`what::OWN`](super::what::OWN) on, was called. Also after the end.
    fn told(connection: &Rc<Connection<Self>>, what: u32, value: &JsValue);

    /// The end: stops the host's own timers and reports what is not sent, one after another. It is called again if a
    /// panic of the user's code has ended it.
    fn end(connection: &Rc<Connection<Self>>);

    /// The task has ended, and the host's socket has not.
    fn lingers(_connection: &Rc<Connection<Self>>) {}

    /// Nothing is listened to any more.
    fn release(_connection: &Connection<Self>) {}

    /// Goes on after a panic of the user's code that ended an earlier call of the host.
    fn recover(_connection: &Rc<Connection<Self>>) {}
}

/// What a host's error event means.
#[derive(Debug)]
#[allow(clippy::exhaustive_enums, reason = "adapters make it")]
pub enum HostError {
    /// The host's socket has ended with it.
    Ended(CloseCause, Error),
    /// The close event is still to come. It tells why where there is no error here.
    Breaks(CloseCause, Option<Error>),
}

/// How a connection ended, as far as the host tells.
#[derive(Debug)]
#[allow(clippy::exhaustive_enums, reason = "hosts know no other end")]
pub enum HostEnd {
    /// By Close frames: the status, if there was one, and the reason.
    Clean(Option<u16>, String),
    /// Without the peer's Close frame; with why, where the host says it.
    Broken(CloseCause, Option<Error>),
}
