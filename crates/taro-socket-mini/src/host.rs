//! The host's socket, as connections know it.

use std::{
    cell::{Cell, OnceCell},
    rc::Rc,
    time::Duration,
};

use taro_socket_api::{
    Acceptance, CloseCause, Completion, ConnectRequest, Emitter, Error, Limits, Message, OpenEvent,
    Result, TaskCore,
};
use taro_socket_js::{
    Alarm, Record, Unread, call,
    connection::{
        Connection, Functions, Host, HostEnd, HostError, Line as _, call_host, what as common,
    },
    faults, text_of,
};
use wasm_bindgen::JsValue;

use crate::{
    Allowance, Dialect, Slot, dial, end, error,
    held::{self, Held},
    inner, linger,
    own_close::OwnClose,
    quiet::quiet,
    sends::Sends,
    signal, what,
};

/// A mini-program's socket: the host's task, and what is known of it.
pub(crate) struct Mini {
    pub(crate) dialect: Box<dyn Dialect>,
    pub(crate) allowance: Allowance,
    /// The host's `SocketTask`, once there is one.
    pub(crate) task: OnceCell<JsValue>,
    /// The host's name for it, where it tells one.
    pub(crate) id: OnceCell<String>,
    /// What comes before that.
    pub(crate) held: Held,
    pub(crate) slot: Cell<Option<Slot>>,
    pub(crate) own_close: OwnClose,
    /// Waits for the end that the host owes.
    pub(crate) linger: Cell<Option<Alarm>>,
    /// It has been asked again to close.
    pub(crate) asked_again: Cell<bool>,
    /// The host has told its socket's end.
    pub(crate) gone: Cell<bool>,
    pub(crate) sends: Sends,
    protocols: Vec<String>,
}

/// How long after a rejection of a promise the host may call `fail`, or tell the end: then that counts.
const REJECTED: Duration = Duration::from_millis(100);

/// One connection of a mini-program.
pub(crate) type MiniConnection = Rc<Connection<Mini>>;

impl Mini {
    /// A socket that is not dialled yet, in a slot of its own.
    pub(crate) fn new(
        allowance: Allowance,
        dialect: Box<dyn Dialect>,
        request: &ConnectRequest,
    ) -> Result<Self> {
        let slot = (allowance.slots)().take(allowance.max_sockets)?;
        Ok(Self {
            dialect,
            allowance,
            task: OnceCell::new(),
            id: OnceCell::new(),
            held: Held::default(),
            slot: Cell::new(Some(slot)),
            own_close: OwnClose::default(),
            linger: Cell::default(),
            asked_again: Cell::new(false),
            gone: Cell::new(false),
            sends: Sends::default(),
            protocols: request.protocols().to_vec(),
        })
    }

    /// A method of the host's task. Should it give a promise that rejects, `rejected` is called.
    fn call(
        connection: &Connection<Self>,
        name: &str,
        argument: &JsValue,
        rejected: &JsValue,
    ) -> Result<(), JsValue> {
        let task = connection.host().task.get();
        call_host(|| {
            let given = call(task.unwrap_or(&JsValue::UNDEFINED), name, argument)?;
            quiet(&given, rejected);
            Ok(())
        })
    }

    /// One of the four functions of a message is called.
    fn told_of_send(connection: &MiniConnection, what: u32, value: &JsValue) {
        let (number, sends) = (what / 4, &connection.host().sends);
        match what % 4 {
            0 => Self::reported(connection, number, None),
            1 => Self::reported(connection, number, Some(value)),
            2 => match Functions::timer(connection, REJECTED, what::SENT + what + 1) {
                Some(alarm) => sends.reject(number, alarm, value.clone()),
                None => Self::reported(connection, number, Some(value)),
            },
            _ => {
                let value = sends.rejection(number);
                Self::reported(connection, number, Some(&value.unwrap_or_default()));
            }
        }
    }

    /// The host has taken the message, or has not.
    fn reported(connection: &MiniConnection, number: u32, failed: Option<&JsValue>) {
        let host = connection.host();
        if let Some(sent) = host.sends.take(number) {
            connection.emitter().sent(sent.bytes as u64, 1);
            match failed {
                None => sent.done.succeed(),
                Some(value) => sent
                    .done
                    .fail(error::of_send(host.dialect.error("send", value))),
            }
        }
        while let Some(done) = host.sends.take_flushed() {
            done.succeed();
        }
    }
}

impl Host for Mini {
    type Line = Functions;

    /// It may even open.
    fn outlives(&self, _opened: bool) -> bool {
        true
    }

    fn core(&self, limits: Limits) -> (TaskCore, Emitter) {
        TaskCore::new(limits, Acceptance::Reported)
    }

    fn connect(connection: &MiniConnection, request: &ConnectRequest) -> Result<()> {
        dial::dial(connection, request)
    }

    fn opened(&self, event: &JsValue) -> Result<OpenEvent> {
        let event = self.dialect.opened(event);
        let protocol = event.protocol.as_deref();
        if !event.header.is_empty() && !faults::may_be_selected(protocol, &self.protocols) {
            return Err(faults::unselected());
        }
        Ok(event)
    }

    fn read(&self, event: &JsValue, max_bytes: usize) -> Result<Message, Unread> {
        self.dialect.message(event, max_bytes)
    }

    fn is_foreign(connection: &MiniConnection, what: u32, event: &JsValue) -> bool {
        let foreign = held::is_not_own(connection, what, event);
        let ends = what == common::CLOSED || (what == common::ERROR && !connection.is_opened());
        if ends && !foreign {
            connection.host().gone.set(true);
        }
        foreign
    }

    fn failed(connection: &Connection<Self>, event: &JsValue) -> HostError {
        let told = connection.host().dialect.error("onError", event);
        match error::cause_of(&told) {
            cause if !connection.is_opened() => HostError::Ended(cause, told),
            CloseCause::Transport => {
                let told = error::while_open("onError", event);
                HostError::Breaks(CloseCause::Transport, Some(told))
            }
            cause => HostError::Breaks(cause, Some(told)),
        }
    }

    fn closed(connection: &MiniConnection, event: &JsValue) -> HostEnd {
        let host = connection.host();
        let end = host.dialect.closed(event, host.own_close.frame());
        if connection.is_opened() {
            return end;
        }
        let reason = text_of(&inner(event), "reason");
        end::unopened(end, reason.as_deref().unwrap_or_default())
    }

    fn lost(&self, _opened: bool) -> Error {
        error::broken("")
    }

    fn send(connection: &MiniConnection, message: &Message, done: Completion) {
        let (host, options) = (connection.host(), Record::new());
        if let Err(error) = host.dialect.send(message, &options) {
            return connection.refuse(message.len(), done, error);
        }
        let number = host.sends.add(message.len(), done);
        let success = what::SENT + 4 * number;
        options.set("success", connection.line().function(success));
        options.set("fail", connection.line().function(success + 1));
        let rejected = connection.line().function(success + 2);
        if let Err(thrown) = Self::call(connection, "send", options.as_js(), &rejected) {
            // It may have reported before it threw.
            connection.tell_last(success + 1, thrown);
        }
    }

    fn flush(connection: &MiniConnection, done: Completion) {
        connection.host().sends.flush(done);
    }

    fn close(connection: &Connection<Self>, code: u16, reason: &str) -> Result<(), JsValue> {
        let own_close = &connection.host().own_close;
        if connection.is_asked() {
            own_close.ask(code, reason);
        }
        own_close.hidden.set(signal::is_hidden());
        let success = what::CLOSE + 2 * own_close.number();
        let fail = connection.line().function(success + 1);
        let success = connection.line().function(success);
        let options = linger::closing(code, reason, &success, &fail);
        Self::call(connection, "close", options.as_js(), &fail)
    }

    fn close_error(&self, thrown: &JsValue) -> Error {
        self.dialect.error("close", thrown)
    }

    /// It reports.
    fn closing(_connection: &MiniConnection) {}

    fn unanswered(connection: &MiniConnection) {
        if let Some(refusal) = connection.host().own_close.refusal.take() {
            connection.close_refused(|| refusal);
            linger::close_again(connection);
        }
    }

    fn told(connection: &MiniConnection, what: u32, value: &JsValue) {
        let host = connection.host();
        match what {
            what::TAKEN => dial::taken(connection, value),
            what::NAMELESS => held::told(connection),
            what::REFUSED => dial::refused(connection, value),
            what::AGAIN => linger::shown(connection),
            what::LINGERED => linger::lingered(connection),
            what::CLOSE..what::SENT => {
                let number = what - what::CLOSE;
                match number % 2 {
                    _ if !host.own_close.is_first(number / 2) => {}
                    0 => linger::closes(connection),
                    _ => linger::stays(connection, host.dialect.error("close", value)),
                }
            }
            what::SENT.. => Self::told_of_send(connection, what - what::SENT, value),
            _ => {}
        }
    }

    fn end(connection: &MiniConnection) {
        drop(connection.host().sends.take_all());
    }

    fn lingers(connection: &MiniConnection) {
        linger::start(connection);
    }

    fn release(connection: &Connection<Self>) {
        let host = connection.host();
        host.linger.take();
        let Some(slot) = host.slot.take() else {
            return;
        };
        let ignored = connection.line().function(common::IGNORED);
        // Few hosts can take a listener off; elsewhere its function reaches nothing from here on.
        for name in ["offOpen", "offMessage", "offError", "offClose"] {
            let _ = Self::call(connection, name, &JsValue::UNDEFINED, &ignored);
        }
        linger::part(connection, slot);
    }
}
