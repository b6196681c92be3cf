//! What the host calls.

use std::{rc::Rc, time::Duration};

use taro_socket_api::{
    CloseCause, CloseEvent, Error, Flow, Message, ReadyState, adapter::overflow,
};
use wasm_bindgen::JsValue;

use super::{Connection, Host, HostEnd, HostError, NORMAL, guard, what};
use crate::faults;

/// How long a host may take to tell the close after an error; many never do.
const GRACE: Duration = Duration::from_millis(500);

impl<H: Host> guard::Heard for Connection<H> {
    fn event(self: Rc<Self>, what: u32, value: JsValue) {
        self.happens(what, value);
    }
}

impl<H: Host> Connection<H> {
    /// The host calls one of the functions it was given.
    pub fn heard(self: &Rc<Self>, what: u32, value: JsValue) {
        if what == what::TURN {
            self.turn.take();
            guard::begin_turn();
        }
        if guard::is_calling() {
            // A stack that overflows leaves calls behind that never return.
            self.start_timer(Duration::ZERO, what::TURN);
            return self.tell_last(what, value);
        }
        self.recover();
        self.happens(what, value);
        guard::tell_nested();
    }

    /// Goes on after a panic of the user's code that ended an earlier call of the host. Only here no frame of this
    /// thread can be below, neither a handler nor a call of the host; unless the user's code makes a host call back
    /// without the task.
    fn recover(self: &Rc<Self>) {
        guard::recover();
        if self.ended.get() {
            self.go_on_ending();
        } else {
            self.emitter.recover();
            H::recover(self);
        }
        guard::tell_nested();
    }

    fn happens(self: &Rc<Self>, what: u32, value: JsValue) {
        match what {
            what::OWN.. => H::told(self, what, &value),
            what::OPENED..=what::CLOSED if H::is_foreign(self, what, &value) => {}
            _ if self.ended.get() => self.happens_late(what),
            what::OPENED => self.open(&value),
            what::MESSAGE => self.message(&value),
            what::ERROR => self.fails(H::failed(self, &value)),
            what::CLOSED => self.closed(&value),
            // A host may let a timer fire that was taken back.
            what::LATE if !self.opened.get() => self.too_late(),
            what::UNANSWERED if self.asked.get() => self.unanswered(CloseCause::Timeout),
            what::BROKEN => self.close_never_came(),
            _ => {}
        }
    }

    /// The own close is not answered.
    fn unanswered(self: &Rc<Self>, cause: CloseCause) {
        H::unanswered(self);
        self.end_abnormally(cause);
    }

    /// Events of a host whose socket outlives the task.
    fn happens_late(self: &Rc<Self>, what: u32) {
        match what {
            // Asked of the type, so that hosts whose sockets never do not carry the code.
            _ if !self.host.outlives(false) => {}
            // What was given up while connecting opens all the same.
            what::OPENED if !self.opened.replace(true) => {
                let _ = self.close_host(NORMAL, "");
                if !self.host.outlives(true) {
                    self.release();
                }
            }
            what::CLOSED => self.release(),
            what::ERROR if !self.opened.get() => self.release(),
            _ => {}
        }
    }

    fn open(self: &Rc<Self>, event: &JsValue) {
        let connecting = self.emitter.ready_state() == ReadyState::Connecting;
        if !connecting || self.opened.replace(true) {
            return;
        }
        drop(self.timer.take());
        match self.host.opened(event) {
            Ok(event) => {
                self.emitter.opened(event);
            }
            Err(error) => self.fail(error),
        }
    }

    fn message(self: &Rc<Self>, event: &JsValue) {
        if self.emitter.ready_state() != ReadyState::Open {
            return;
        }
        let limit = self.emitter.limits().max_message_bytes;
        match self.host.read(event, limit) {
            Ok(message) => self.deliver(message),
            Err(why) => self.fail(faults::unread(why)),
        }
    }

    /// Hosts read on by themselves, so a consumer that is behind ends the connection.
    fn deliver(self: &Rc<Self>, message: Message) {
        let flow = H::deliver(self, message);
        // Whoever has closed meanwhile does not consume any more.
        let open = self.emitter.ready_state() == ReadyState::Open;
        match flow {
            _ if !open => {}
            Flow::Pause => self.fail(faults::too_much()),
            Flow::Overflow => self.fail(overflow()),
            _ => {}
        }
    }

    /// An error; the close that should follow may not come.
    pub fn fails(self: &Rc<Self>, error: HostError) {
        let asked = self.asked.get();
        match error {
            HostError::Ended(cause, error) => {
                self.host_ended.set(true);
                if asked {
                    return self.end_abnormally(CloseCause::Local);
                }
                self.emitter.failed(error);
                self.end_abnormally(cause);
            }
            HostError::Breaks(cause, error) => {
                if let Some(error) = error.filter(|_| !asked) {
                    self.broken.set(Some(cause));
                    self.emitter.failed(error);
                }
                if !self.start_timer(GRACE, what::BROKEN) {
                    self.tell_last(what::BROKEN, JsValue::UNDEFINED);
                }
            }
        }
    }

    /// The close that an error promises has not come.
    fn close_never_came(self: &Rc<Self>) {
        if self.asked.get() {
            return self.unanswered(CloseCause::Local);
        }
        let _ = self.close_host(NORMAL, "");
        self.host_ended.set(true);
        self.lost(self.broken.get(), None);
    }

    fn closed(self: &Rc<Self>, event: &JsValue) {
        let end = H::closed(self, event);
        self.host_ended.set(true);
        let asked = self.asked.get();
        // After an error, or before open, no end is clean, whatever the code.
        let sound = self.opened.get() && self.broken.get().is_none();
        match end {
            HostEnd::Clean(code, reason) if sound => {
                let cause = match asked {
                    true => CloseCause::Local,
                    false => CloseCause::Remote,
                };
                self.end(CloseEvent::clean(code, reason, cause));
            }
            _ if asked => self.end_abnormally(CloseCause::Local),
            HostEnd::Broken(cause, error) => self.lost(self.broken.get().or(Some(cause)), error),
            _ => self.lost(self.broken.get(), None),
        }
    }

    /// The end without the peer's Close frame, told with an error: the first one stands.
    fn lost(self: &Rc<Self>, cause: Option<CloseCause>, error: Option<Error>) {
        let error = error.unwrap_or_else(|| self.host.lost(self.opened.get()));
        self.emitter.failed(error);
        self.end_abnormally(cause.unwrap_or(CloseCause::Transport));
    }
}
