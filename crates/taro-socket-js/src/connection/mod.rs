//! One connection over a host's socket, from its making to its end: the same life on every JavaScript host.
//!
//! - [`Connection`] owns the state: what the host has told, what was asked for, timers, the end.
//! - [`Host`] is what a host supplies: how it dials, sends and closes, and how its events read.
//! - [`Line`] is the way from the host to the connection, which ends with it.
//! - [`call_host`] lets hosts call back before a call to them has returned.
//! - [`JsTask`] is the task of all of them.

mod ending;
mod events;
mod guard;
mod host;
mod line;
mod task;
pub mod what;

use std::{cell::Cell, fmt, rc::Rc, time::Duration};

use taro_socket_api::{
    CloseCause, Completion, ConnectRequest, Emitter, Error, Message, Result, TaskCore,
};
use wasm_bindgen::JsValue;

pub use guard::call_host;
pub use host::{Host, HostEnd, HostError};
pub use line::{Functions, Line, Listeners};
pub use task::JsTask;

/// Close code of a connection that this side fails: scripts may send 1000 and 3000 to 4999 only (WHATWG
/// WebSockets §3.1 `close`), and of these none that servers use.
const FAILED: u16 = 4009;

/// Close code of a connection that is given up.
pub const NORMAL: u16 = 1000;

/// One connection of a host.
///
/// Its line holds it and it holds its line, so it lives until its end, also without a task.
pub struct Connection<H: Host> {
    host: H,
    line: H::Line,
    emitter: Emitter,
    /// The connect timeout, then that of the closing handshake, then that of an end that the host owes.
    timer: Cell<Option<<H::Line as Line>::Timer>>,
    /// Goes on in a turn of the host's of its own.
    turn: Cell<Option<<H::Line as Line>::Timer>>,
    opened: Cell<bool>,
    /// This side has asked for the end.
    asked: Cell<bool>,
    /// Reports how the host takes that.
    closing: Cell<Option<Completion>>,
    /// The host has told an error, and this is what it ends by.
    broken: Cell<Option<CloseCause>>,
    /// The task has ended.
    ended: Cell<bool>,
    /// The host's socket has ended.
    host_ended: Cell<bool>,
}

impl<H: Host> Connection<H> {
    /// Has the host connect, and listens to it.
    fn start(host: H, request: &ConnectRequest) -> Result<(TaskCore, Rc<Self>)> {
        let (core, emitter) = host.core(request.limits());
        let connection = Rc::new(Self {
            host,
            line: H::Line::default(),
            emitter,
            timer: Cell::default(),
            turn: Cell::default(),
            opened: Cell::new(false),
            asked: Cell::new(false),
            closing: Cell::default(),
            broken: Cell::default(),
            ended: Cell::new(false),
            host_ended: Cell::new(false),
        });
        H::Line::open(&connection);
        let connected = H::connect(&connection, request);
        if connected.is_ok() {
            connection.start_timer(request.timeout(), what::LATE);
        } else {
            connection.ended.set(true);
            let _ = connection.close_host(NORMAL, "");
            connection.release();
        }
        guard::tell_nested();
        connected.map(|()| (core, connection))
    }

    /// The host's side.
    pub fn host(&self) -> &H {
        &self.host
    }

    /// What is reported to.
    pub fn emitter(&self) -> &Emitter {
        &self.emitter
    }

    /// The way from the host to here.
    pub fn line(&self) -> &H::Line {
        &self.line
    }

    /// Whether the host has told that it is open.
    pub fn is_opened(&self) -> bool {
        self.opened.get()
    }

    /// Whether this side has asked for the end.
    pub fn is_asked(&self) -> bool {
        self.asked.get()
    }

    /// Whether the task has ended.
    pub fn is_ended(&self) -> bool {
        self.ended.get()
    }

    /// Whether the host's socket has ended, or is given up.
    pub fn is_released(&self) -> bool {
        self.host_ended.get()
    }

    /// Calls this connection with the number `what`.
    pub fn act(self: &Rc<Self>, what: u32) -> impl Fn(JsValue) + use<H> {
        let connection = Rc::clone(self);
        move |value| connection.heard(what, value)
    }

    /// Starts the connection's one timer, or that of the next turn; whether there is one. Without timers nothing can be
    /// waited for but the host itself.
    pub fn start_timer(self: &Rc<Self>, delay: Duration, what: u32) -> bool {
        let slot = match what {
            what::TURN => &self.turn,
            _ => &self.timer,
        };
        let timer = H::Line::timer(self, delay, what);
        let there = timer.is_some();
        slot.set(timer);
        there
    }

    /// What the host has told under the number `what` within a call that has returned: it is not told any more.
    pub fn take_nested(self: &Rc<Self>, what: u32) -> Option<JsValue> {
        guard::take(self, what)
    }

    /// Tells `what` behind all that the host has told within a call, as if it had told it last.
    pub fn tell_last(self: &Rc<Self>, what: u32, value: JsValue) {
        guard::keep(Rc::clone(self) as Rc<dyn guard::Heard>, what, value);
    }

    fn send(self: &Rc<Self>, message: &Message, done: Completion) {
        H::send(self, message, done);
        guard::tell_nested();
    }

    /// The host does not take a message of so many bytes.
    pub fn refuse(&self, bytes: usize, done: Completion, error: Error) {
        self.emitter.sent(bytes as u64, 1);
        done.fail(error);
    }

    /// Asks the host to close.
    ///
    /// # Errors
    ///
    /// What the host throws.
    pub fn close_host(&self, code: u16, reason: &str) -> Result<(), JsValue> {
        call_host(|| H::close(self, code, reason))
    }
}

impl<H: Host> fmt::Debug for Connection<H> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Connection")
    }
}
