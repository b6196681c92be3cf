//! One connection, from its making to its end.

mod events;

use std::{
    cell::{Cell, RefCell},
    rc::Rc,
    time::Duration,
};

use taro_socket_api::{
    Acceptance, CloseCause, CloseEvent, CloseFrame, Completion, ConnectRequest, Emitter, Error,
    ErrorKind, Message, Result, TaskCore,
};
use taro_socket_js::{
    Host, Record, Route, TextReader, Timer, call, faults, header_to, list_of, property,
};
use wasm_bindgen::JsValue;

use self::events::What;
use crate::{Allowance, Dialect, Slot, sends::Sends, signal};

/// Close code of a connection that this side fails: hosts let apps send no other than 1000 and 3000 to 4999.
const FAILED: u16 = 4009;

/// How long a host may take to tell of a socket's end after the task's; then its slot is free all the same.
const LINGER: Duration = Duration::from_secs(75);

/// The host's task, the way from it to here, timers.
///
/// The route holds the connection, so it lives until its end, also without a task.
pub(crate) struct Connection {
    host: Host,
    dialect: Rc<dyn Dialect>,
    emitter: Emitter,
    /// The host's `SocketTask`, once there is one.
    task: RefCell<JsValue>,
    route: RefCell<Option<Route>>,
    slot: Cell<Option<Slot>>,
    /// The connect timeout, then that of the closing handshake, then that of an end that the host owes.
    timer: Cell<Option<Timer>>,
    sends: Sends,
    text: TextReader,
    opened: Cell<bool>,
    /// The task has ended.
    ended: Cell<bool>,
    /// The host's socket has ended.
    host_ended: Cell<bool>,
    /// What the host refused with before it returned.
    refused: RefCell<Option<Error>>,
    asked: RefCell<Option<CloseFrame>>,
    protocols: Vec<String>,
}

impl Connection {
    /// Asks the host for a task and listens to it.
    pub(crate) fn start(
        allowance: Allowance,
        dialect: Rc<dyn Dialect>,
        request: &ConnectRequest,
    ) -> Result<(TaskCore, Rc<Self>)> {
        let Allowance {
            host,
            slots,
            max_sockets,
        } = allowance;
        let slot = slots.take(max_sockets)?;
        signal::watch(host);
        let (core, emitter) = TaskCore::new(request.limits(), Acceptance::Reported);
        let connection = Rc::new(Self {
            host,
            dialect,
            emitter,
            task: RefCell::new(JsValue::UNDEFINED),
            route: RefCell::default(),
            slot: Cell::new(Some(slot)),
            timer: Cell::default(),
            sends: Sends::default(),
            text: TextReader::new(),
            opened: Cell::new(false),
            ended: Cell::new(false),
            host_ended: Cell::new(false),
            refused: RefCell::default(),
            asked: RefCell::default(),
            protocols: request.protocols().to_vec(),
        });
        match connection.begin(request) {
            Ok(()) => Ok((core, connection)),
            Err(error) => {
                let _ = connection.close_host(&CloseFrame::default());
                connection.release();
                Err(error)
            }
        }
    }

    fn begin(self: &Rc<Self>, request: &ConnectRequest) -> Result<()> {
        let connection = Rc::clone(self);
        let route = Route::new(move |what, argument| connection.event(what, &argument));
        *self.route.borrow_mut() = Some(route);
        let options = self.options(request);
        let host = self.host.object();
        let host = host.ok_or_else(|| taro_socket_js::missing("connectSocket"))?;
        let made = call(&host, "connectSocket", options.as_js());
        let made = made.map_err(|thrown| self.dialect.error("connectSocket", &thrown))?;
        *self.task.borrow_mut() = made.clone();
        if let Some(error) = self.refused.take() {
            return Err(error);
        }
        if !made.is_object() {
            let text = "connectSocket gave no task: is the host's base library too old?";
            return Err(Error::new(ErrorKind::HostUnavailable, text));
        }
        for (name, what) in What::LISTENERS {
            call(&made, name, &self.function(what))
                .map_err(|thrown| self.dialect.error(name, &thrown))?;
        }
        // Without timers nothing can be waited for but the host itself.
        self.start_timer(request.timeout(), Self::too_late);
        Ok(())
    }

    fn options(&self, request: &ConnectRequest) -> Record {
        let options = Record::new();
        options.set("url", request.url().as_str());
        if !request.header().is_empty() {
            options.set("header", header_to(request.header()));
        }
        if !self.protocols.is_empty() {
            options.set("protocols", list_of(&self.protocols));
        }
        self.dialect.connect(request, &options);
        // What succeeds here is only that the host took the call.
        options.set("success", self.function(What::Ignored));
        options.set("fail", self.function(What::Refused));
        options
    }

    fn function(&self, what: What) -> JsValue {
        let route = self.route.borrow();
        let function = route.as_ref().map(|route| route.function(what.number()));
        function.map_or(JsValue::UNDEFINED, JsValue::from)
    }

    /// Gives the message to the host, which reports when it has taken it.
    pub(crate) fn send(&self, message: &Message, done: Completion) {
        let options = Record::new();
        if let Err(error) = self.dialect.send(message, &options) {
            self.emitter.sent(message.len() as u64, 1);
            return done.fail(error);
        }
        let number = self.sends.add(message.len(), done);
        options.set("success", self.function(What::Sent(number)));
        options.set("fail", self.function(What::Unsent(number)));
        let task = self.task.borrow().clone();
        if let Err(thrown) = call(&task, "send", options.as_js()) {
            self.reported(number, Some(&thrown));
        }
    }

    /// Starts the closing handshake, or gives up connecting.
    pub(crate) fn close(self: &Rc<Self>, frame: CloseFrame, done: Completion) {
        let sound = self.close_host(&frame);
        *self.asked.borrow_mut() = Some(frame);
        match sound {
            Err(thrown) => {
                done.fail(self.dialect.error("close", &thrown));
                self.end(CloseEvent::abnormal(CloseCause::Local));
            }
            Ok(()) => {
                self.start_timer(self.emitter.limits().close_timeout, Self::unanswered);
                done.succeed();
                // Hosts may ignore a close before open, and tell nothing of it.
                if !self.opened.get() {
                    self.end(CloseEvent::abnormal(CloseCause::Local));
                }
            }
        }
    }

    /// The host's `close`.
    fn close_host(&self, frame: &CloseFrame) -> Result<(), JsValue> {
        let task = self.task.borrow().clone();
        if !task.is_object() {
            return Ok(());
        }
        let options = Record::new();
        options.set("code", frame.code());
        options.set("reason", frame.reason());
        call(&task, "close", options.as_js()).map(drop)
    }

    fn unanswered(self: &Rc<Self>) {
        self.end(CloseEvent::abnormal(CloseCause::Timeout));
    }

    fn too_late(self: &Rc<Self>) {
        self.emitter.failed(faults::late());
        let _ = self.close_host(&CloseFrame::default());
        self.end(CloseEvent::abnormal(CloseCause::Timeout));
    }

    /// Fails the connection from this side.
    fn fail(self: &Rc<Self>, error: Error) {
        self.emitter.failed(error);
        if let Ok(frame) = CloseFrame::new(FAILED, "") {
            let _ = self.close_host(&frame);
        }
        self.end(CloseEvent::abnormal(CloseCause::Transport));
    }

    /// Tells the end, once. The way from the host and the slot stay until the host's own end.
    fn end(self: &Rc<Self>, event: CloseEvent) {
        if self.ended.replace(true) {
            return;
        }
        let connection = Rc::clone(self);
        connection.timer.take();
        if connection.host_ended.get() {
            connection.release();
        } else {
            // The host's socket lives on for a while, and may even open.
            connection.start_timer(LINGER, |connection| connection.release());
        }
        let unsent = connection.sends.take_all();
        connection.emitter.closed(event);
        drop(unsent);
    }

    /// From here on nothing of the host's leads here, and its slot is free.
    fn release(&self) {
        self.timer.take();
        self.slot.take();
        let Some(_route) = self.route.take() else {
            return;
        };
        let task = self.task.borrow().clone();
        // Few hosts can take a listener off; elsewhere its function reaches nothing from here on.
        for name in ["offOpen", "offMessage", "offError", "offClose"] {
            if property(&task, name).is_some() {
                let _ = call(&task, name, &JsValue::UNDEFINED);
            }
        }
    }

    fn start_timer(self: &Rc<Self>, delay: Duration, action: fn(&Rc<Self>)) {
        let connection = Rc::downgrade(self);
        let act = move || {
            if let Some(connection) = connection.upgrade() {
                connection.emitter.recover();
                action(&connection);
            }
        };
        self.timer.set(Timer::start(delay, act).ok());
    }
}
