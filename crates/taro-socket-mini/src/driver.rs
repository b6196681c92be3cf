//! One connection, from its making to its end.

mod events;

use std::{
    cell::{Cell, OnceCell},
    rc::Rc,
    time::Duration,
};

use taro_socket_api::{
    Acceptance, CloseCause, CloseEvent, CloseFrame, Completion, ConnectRequest, Emitter, Error,
    ErrorKind, Message, Result, TaskCore,
};
use taro_socket_js::{Alarm, Record, Route, call, faults, header_to, list_of};
use wasm_bindgen::JsValue;

use self::events::what;
use crate::{Allowance, Dialect, HostFunction, Slot, sends::Sends, signal};

/// Close code of a connection that this side fails: hosts let apps send no other than 1000 and 3000 to 4999.
const FAILED: u16 = 4009;

/// Close code of a connection that is given up.
const NORMAL: u16 = 1000;

/// How long a host may take to tell of a socket's end after the task's; then its slot is free all the same.
const LINGER: Duration = Duration::from_secs(75);

/// The host's task, the way from it to here, timers.
///
/// The route holds the connection, so it lives until its end, also without a task.
pub(crate) struct Connection {
    dialect: &'static dyn Dialect,
    request: ConnectRequest,
    emitter: Emitter,
    /// The host's `SocketTask`, once there is one.
    task: OnceCell<JsValue>,
    route: OnceCell<Route>,
    slot: Cell<Option<Slot>>,
    /// The connect timeout, then that of the closing handshake, then that of an end that the host owes.
    timer: Cell<Option<Alarm>>,
    sends: Sends,
    opened: Cell<bool>,
    /// The task has ended.
    ended: Cell<bool>,
    /// The host's socket has ended.
    host_ended: Cell<bool>,
    /// What the host refused with before it returned.
    refused: Cell<Option<Error>>,
    asked: OnceCell<CloseFrame>,
}

impl Connection {
    /// Asks the host for a task and listens to it.
    pub(crate) fn start(
        allowance: Allowance,
        dialect: &'static dyn Dialect,
        request: ConnectRequest,
    ) -> Result<(TaskCore, Rc<Self>)> {
        let slot = allowance.slots.take(allowance.max_sockets)?;
        signal::watch(allowance.host);
        let (core, emitter) = TaskCore::new(request.limits(), Acceptance::Reported);
        let connection = Rc::new(Self {
            dialect,
            request,
            emitter,
            task: OnceCell::new(),
            route: OnceCell::new(),
            slot: Cell::new(Some(slot)),
            timer: Cell::default(),
            sends: Sends::default(),
            opened: Cell::new(false),
            ended: Cell::new(false),
            host_ended: Cell::new(false),
            refused: Cell::default(),
            asked: OnceCell::new(),
        });
        let own = Rc::clone(&connection);
        let route = Route::new(move |what, argument| own.event(what, &argument));
        let _ = connection.route.set(route);
        match connection.begin(allowance.host.connect_socket) {
            Ok(()) => Ok((core, connection)),
            Err(error) => {
                let _ = connection.close_host(NORMAL, "");
                connection.release();
                Err(error)
            }
        }
    }

    fn begin(&self, connect: HostFunction) -> Result<()> {
        let options = self.options(&self.request);
        let made = connect(options.as_js());
        let made = made.map_err(|thrown| self.dialect.error("connectSocket", &thrown))?;
        let _ = self.task.set(made.clone());
        if let Some(error) = self.refused.take() {
            return Err(error);
        }
        if made.loose_eq(&JsValue::NULL) {
            let text = "connectSocket gave no task: is the host's base library too old?";
            return Err(Error::new(ErrorKind::HostUnavailable, text));
        }
        for (name, what) in what::LISTENERS {
            call(&made, name, &self.function(what))
                .map_err(|thrown| self.dialect.error(name, &thrown))?;
        }
        // Without timers nothing can be waited for but the host itself.
        self.start_timer(self.request.timeout(), what::LATE);
        Ok(())
    }

    fn options(&self, request: &ConnectRequest) -> Record {
        let options = Record::new();
        options.set("url", request.url().as_str());
        if !request.header().is_empty() {
            options.set("header", header_to(request.header()));
        }
        if !request.protocols().is_empty() {
            options.set("protocols", list_of(request.protocols()));
        }
        self.dialect.connect(request, &options);
        // What succeeds here is only that the host took the call.
        options.set("success", self.function(what::IGNORED));
        options.set("fail", self.function(what::REFUSED));
        options
    }

    fn function(&self, what: u32) -> JsValue {
        let route = self.route.get();
        route.map_or(JsValue::UNDEFINED, |route| route.function(what))
    }

    /// Gives the message to the host, which reports when it has taken it.
    pub(crate) fn send(&self, message: &Message, done: Completion) {
        let options = Record::new();
        if let Err(error) = self.dialect.send(message, &options) {
            self.emitter.sent(message.len() as u64, 1);
            return done.fail(error);
        }
        let number = self.sends.add(message.len(), done);
        options.set("success", self.function(what::SENT + 2 * number));
        options.set("fail", self.function(what::SENT + 2 * number + 1));
        if let Err(thrown) = self.call("send", options.as_js()) {
            self.reported(number, Some(&thrown));
        }
    }

    /// Starts the closing handshake, or gives up connecting.
    pub(crate) fn close(&self, frame: CloseFrame, done: Completion) {
        let sound = self.close_host(frame.code(), frame.reason());
        let _ = self.asked.set(frame);
        match sound {
            Err(thrown) => {
                done.fail(self.dialect.error("close", &thrown));
                self.fall(CloseCause::Local);
            }
            Ok(_) => {
                self.start_timer(self.emitter.limits().close_timeout, what::UNANSWERED);
                done.succeed();
                // Hosts may ignore a close before open, and tell nothing of it.
                if !self.opened.get() {
                    self.fall(CloseCause::Local);
                }
            }
        }
    }

    /// The host's `close`.
    fn close_host(&self, code: u16, reason: &str) -> Result<JsValue, JsValue> {
        let options = Record::new();
        options.set("code", code);
        options.set("reason", reason);
        self.call("close", options.as_js())
    }

    /// A method of the host's task.
    fn call(&self, name: &str, argument: &JsValue) -> Result<JsValue, JsValue> {
        let task = self.task.get();
        call(task.unwrap_or(&JsValue::UNDEFINED), name, argument)
    }

    fn too_late(&self) {
        self.emitter.failed(faults::late());
        let _ = self.close_host(NORMAL, "");
        self.fall(CloseCause::Timeout);
    }

    /// Fails the connection from this side.
    fn fail(&self, error: Error) {
        self.emitter.failed(error);
        let _ = self.close_host(FAILED, "");
        self.fall(CloseCause::Transport);
    }

    /// The end without the peer's Close frame.
    fn fall(&self, cause: CloseCause) {
        self.end(CloseEvent::abnormal(cause));
    }

    /// Tells the end, once. The way from the host and the slot stay until the host's own end.
    fn end(&self, event: CloseEvent) {
        if self.ended.replace(true) {
            return;
        }
        if self.host_ended.get() {
            self.release();
        } else {
            // The host's socket lives on for a while, and may even open.
            self.start_timer(LINGER, what::LINGERED);
        }
        let _unsent = self.sends.take_all();
        self.emitter.closed(event);
    }

    /// From here on nothing of the host's leads here, and its slot is free.
    fn release(&self) {
        self.timer.take();
        let Some(_slot) = self.slot.take() else {
            return;
        };
        // Few hosts can take a listener off; elsewhere its function reaches nothing from here on.
        for name in ["offOpen", "offMessage", "offError", "offClose"] {
            let _ = self.call(name, &JsValue::UNDEFINED);
        }
        if let Some(route) = self.route.get() {
            route.close();
        }
    }

    fn start_timer(&self, delay: Duration, what: u32) {
        self.timer
            .set(Alarm::start(delay, &self.function(what)).ok());
    }
}
