//! What the host calls.

use std::{rc::Rc, time::Duration};

use taro_socket_api::{CloseCause, CloseEvent, CloseFrame, Flow, OpenEvent, ReadyState};
use taro_socket_js::{Unread, faults};
use wasm_bindgen::JsValue;

use super::Connection;
use crate::{HostClose, error, sends::Sends, signal};

/// How long a host may take to tell the close after the error of an open connection; many never do.
const GRACE: Duration = Duration::from_millis(500);

/// A function given to the host.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum What {
    Ignored,
    Opened,
    Message,
    Error,
    Closed,
    /// `fail` of `connectSocket`.
    Refused,
    /// `success` and `fail` of `send`, for the message of this number.
    Sent(u32),
    Unsent(u32),
}

const SENT: u32 = 16;

impl What {
    pub(super) const LISTENERS: [(&'static str, Self); 4] = [
        ("onOpen", Self::Opened),
        ("onMessage", Self::Message),
        ("onError", Self::Error),
        ("onClose", Self::Closed),
    ];

    pub(super) fn number(self) -> u32 {
        match self {
            Self::Ignored => 0,
            Self::Opened => 1,
            Self::Message => 2,
            Self::Error => 3,
            Self::Closed => 4,
            Self::Refused => 5,
            Self::Sent(number) => SENT + number,
            Self::Unsent(number) => SENT + Sends::NUMBERS + number,
        }
    }

    fn of(number: u32) -> Self {
        match number {
            1 => Self::Opened,
            2 => Self::Message,
            3 => Self::Error,
            4 => Self::Closed,
            5 => Self::Refused,
            SENT.. => match number - SENT {
                sent if sent < Sends::NUMBERS => Self::Sent(sent),
                unsent => Self::Unsent(unsent - Sends::NUMBERS),
            },
            _ => Self::Ignored,
        }
    }
}

impl Connection {
    /// The host calls one of the functions it was given.
    pub(super) fn event(self: &Rc<Self>, what: u32, argument: &JsValue) {
        // After a panic of the user's code that ended an earlier call of the host.
        self.emitter.recover();
        let what = What::of(what);
        if self.ended.get() {
            return self.late_event(what);
        }
        match what {
            What::Ignored => {}
            What::Opened => self.open(argument),
            What::Message => self.message(argument),
            What::Error => self.broken("onError", argument),
            What::Closed => self.closed(argument),
            What::Refused if self.task.borrow().is_undefined() => {
                let error = self.dialect.error("connectSocket", argument);
                self.refused.borrow_mut().get_or_insert(error);
            }
            What::Refused => self.broken("connectSocket", argument),
            What::Sent(number) => self.reported(number, None),
            What::Unsent(number) => self.reported(number, Some(argument)),
        }
    }

    /// Events of a host whose socket outlives the task.
    fn late_event(&self, what: What) {
        match what {
            // What was closed while connecting opens all the same.
            What::Opened => {
                self.opened.set(true);
                let _ = self.close_host(&CloseFrame::default());
            }
            What::Closed | What::Refused => self.release(),
            What::Error if !self.opened.get() => self.release(),
            _ => {}
        }
    }

    fn open(self: &Rc<Self>, event: &JsValue) {
        if self.emitter.ready_state() != ReadyState::Connecting || self.opened.replace(true) {
            return;
        }
        drop(self.timer.take());
        let OpenEvent {
            header, protocol, ..
        } = self.dialect.opened(event);
        if !header.is_empty() && !faults::may_be_selected(protocol.as_deref(), &self.protocols) {
            return self.fail(faults::unselected());
        }
        self.emitter.opened(OpenEvent::new(header, protocol));
    }

    fn message(self: &Rc<Self>, event: &JsValue) {
        if self.emitter.ready_state() != ReadyState::Open {
            return;
        }
        let limit = self.emitter.limits().max_message_bytes;
        match self.dialect.message(event, &self.text, limit) {
            Err(Unread::TooLong) => self.fail(faults::too_big()),
            Err(_) => self.fail(faults::strange()),
            Ok(message) => {
                if self.emitter.message(message) == Flow::Pause {
                    self.fail(faults::too_much());
                }
            }
        }
    }

    /// An error; the close that should follow may not come.
    fn broken(self: &Rc<Self>, what: &str, value: &JsValue) {
        let error = self.dialect.error(what, value);
        if self.asked.borrow().is_some() {
            // The own close has its watchdog.
            self.host_ended.set(!self.opened.get());
            return;
        }
        if !self.opened.get() {
            self.host_ended.set(true);
            self.emitter.failed(error);
            return self.end(CloseEvent::abnormal(CloseCause::Transport));
        }
        self.emitter.failed(error::while_open(&error));
        self.start_timer(GRACE, |connection| {
            let _ = connection.close_host(&CloseFrame::default());
            connection.host_ended.set(true);
            connection.end(CloseEvent::abnormal(CloseCause::Transport));
        });
    }

    fn closed(self: &Rc<Self>, event: &JsValue) {
        self.host_ended.set(true);
        let asked = self.asked.borrow().clone();
        let told = self.dialect.closed(event, asked.as_ref());
        // An error was told before, so this is not a clean end, whatever the code.
        let failed = asked.is_none() && self.emitter.ready_state() == ReadyState::Closing;
        let hidden = asked.is_none() && signal::is_hidden();
        let event = match told {
            HostClose::Background => self.ended_in_background(),
            // Hosts that tell no code tell this end like any other.
            HostClose::Abnormal | HostClose::Clean(None, _) if hidden => self.ended_in_background(),
            HostClose::Clean(code, reason) if !failed && self.opened.get() => {
                let local = asked.is_some();
                let cause = if local {
                    CloseCause::Local
                } else {
                    CloseCause::Remote
                };
                CloseEvent::clean(code, reason, cause)
            }
            _ if asked.is_some() => CloseEvent::abnormal(CloseCause::Local),
            _ => {
                self.emitter.failed(error::broken());
                CloseEvent::abnormal(CloseCause::Transport)
            }
        };
        self.end(event);
    }

    fn ended_in_background(&self) -> CloseEvent {
        self.emitter.failed(error::background());
        CloseEvent::abnormal(CloseCause::Background)
    }

    /// The host has taken the message, or has not.
    pub(super) fn reported(&self, number: u32, failed: Option<&JsValue>) {
        let Some(sent) = self.sends.take(number) else {
            return;
        };
        self.emitter.sent(sent.bytes, 1);
        match failed {
            None => sent.done.succeed(),
            Some(value) => sent.done.fail(self.dialect.error("send", value)),
        }
    }
}
