//! What the host calls.

use std::time::Duration;

use taro_socket_api::{CloseCause, CloseEvent, Flow, ReadyState};
use taro_socket_js::faults;
use wasm_bindgen::JsValue;

use super::{Connection, NORMAL};
use crate::{HostClose, error, signal};

/// How long a host may take to tell the close after the error of an open connection; many never do.
const GRACE: Duration = Duration::from_millis(500);

/// Numbers of the functions that are given to the host. First those without a further meaning.
pub(super) mod what {
    pub(crate) const IGNORED: u32 = 0;
    pub(crate) const OPENED: u32 = 1;
    pub(crate) const MESSAGE: u32 = 2;
    pub(crate) const ERROR: u32 = 3;
    pub(crate) const CLOSED: u32 = 4;
    /// `fail` of `connectSocket`.
    pub(crate) const REFUSED: u32 = 5;
    /// A timer: the connection is not open in time.
    pub(crate) const LATE: u32 = 6;
    /// A timer: the own close is not answered.
    pub(crate) const UNANSWERED: u32 = 7;
    /// A timer: no close has followed an error.
    pub(crate) const BROKEN: u32 = 8;
    /// A timer: the host has not told its socket's end.
    pub(crate) const LINGERED: u32 = 9;
    /// `success` of `send`, for the message of number 0; then its `fail`; then those of the next message.
    pub(crate) const SENT: u32 = 16;

    pub(crate) const LISTENERS: [(&str, u32); 4] = [
        ("onOpen", OPENED),
        ("onMessage", MESSAGE),
        ("onError", ERROR),
        ("onClose", CLOSED),
    ];
}

impl Connection {
    /// The host calls one of the functions it was given.
    pub(super) fn event(&self, what: u32, argument: &JsValue) {
        // After a panic of the user's code that ended an earlier call of the host.
        self.emitter.recover();
        if self.ended.get() {
            return self.late_event(what);
        }
        match what {
            what::OPENED => self.open(argument),
            what::MESSAGE => self.message(argument),
            what::ERROR => self.broken("onError", argument),
            what::CLOSED => self.closed(argument),
            what::REFUSED if self.task.get().is_none() => {
                let error = self.dialect.error("connectSocket", argument);
                self.refused.set(Some(error));
            }
            what::REFUSED => self.broken("connectSocket", argument),
            // A host may let a timer fire that was taken back.
            what::LATE if !self.opened.get() => self.too_late(),
            what::UNANSWERED => self.fall(CloseCause::Timeout),
            what::BROKEN => {
                let _ = self.close_host(NORMAL, "");
                self.host_ended.set(true);
                self.fall(CloseCause::Transport);
            }
            what::SENT.. => {
                let number = what - what::SENT;
                self.reported(number / 2, (number % 2 == 1).then_some(argument));
            }
            _ => {}
        }
    }

    /// Events of a host whose socket outlives the task.
    fn late_event(&self, what: u32) {
        match what {
            // What was closed while connecting opens all the same.
            what::OPENED => {
                self.opened.set(true);
                let _ = self.close_host(NORMAL, "");
            }
            what::CLOSED | what::REFUSED | what::LINGERED => self.release(),
            what::ERROR if !self.opened.get() => self.release(),
            _ => {}
        }
    }

    fn open(&self, event: &JsValue) {
        if self.emitter.ready_state() != ReadyState::Connecting || self.opened.replace(true) {
            return;
        }
        drop(self.timer.take());
        let event = self.dialect.opened(event);
        let offered = self.request.protocols();
        if !event.header.is_empty() && !faults::may_be_selected(event.protocol.as_deref(), offered)
        {
            return self.fail(faults::unselected());
        }
        self.emitter.opened(event);
    }

    fn message(&self, event: &JsValue) {
        if self.emitter.ready_state() != ReadyState::Open {
            return;
        }
        let limit = self.emitter.limits().max_message_bytes;
        let fault = match self.dialect.message(event, limit) {
            Err(why) => faults::unread(why),
            Ok(message) => match self.emitter.message(message) {
                Flow::Pause => faults::too_much(),
                _ => return,
            },
        };
        self.fail(fault);
    }

    /// An error; the close that should follow may not come.
    fn broken(&self, what: &str, value: &JsValue) {
        if self.asked.get().is_some() {
            // The own close has its watchdog.
            self.host_ended.set(!self.opened.get());
            return;
        }
        if self.opened.get() {
            self.emitter.failed(error::while_open(what, value));
            return self.start_timer(GRACE, what::BROKEN);
        }
        self.host_ended.set(true);
        self.emitter.failed(self.dialect.error(what, value));
        self.fall(CloseCause::Transport);
    }

    fn closed(&self, event: &JsValue) {
        self.host_ended.set(true);
        let asked = self.asked.get();
        let told = self.dialect.closed(event, asked);
        // An error was told before, so this is not a clean end, whatever the code.
        let failed = asked.is_none() && self.emitter.ready_state() == ReadyState::Closing;
        let hidden = asked.is_none() && signal::is_hidden();
        let cause = match told {
            HostClose::Background => CloseCause::Background,
            // Hosts that tell no code tell this end like any other.
            HostClose::Abnormal | HostClose::Clean(None, _) if hidden => CloseCause::Background,
            HostClose::Clean(code, reason) if !failed && self.opened.get() => {
                let cause = match asked {
                    Some(_) => CloseCause::Local,
                    None => CloseCause::Remote,
                };
                return self.end(CloseEvent::clean(code, reason, cause));
            }
            _ if asked.is_some() => CloseCause::Local,
            _ => CloseCause::Transport,
        };
        match cause {
            CloseCause::Background => self.emitter.failed(error::background()),
            CloseCause::Transport => self.emitter.failed(error::broken()),
            _ => {}
        }
        self.fall(cause);
    }

    /// The host has taken the message, or has not.
    pub(super) fn reported(&self, number: u32, failed: Option<&JsValue>) {
        let Some(sent) = self.sends.take(number) else {
            return;
        };
        self.emitter.sent(sent.bytes as u64, 1);
        match failed {
            None => sent.done.succeed(),
            Some(value) => sent.done.fail(self.dialect.error("send", value)),
        }
    }
}
