//! Messages from the browser to the core.

use std::{cell::Cell, rc::Rc, time::Duration};

use taro_socket_api::{Flow, Limits, Message, ReadyState};
use taro_socket_js::{Timer, faults, now_millis, read};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::MessageEvent;

use super::Connection;

/// Messages within one millisecond from which on streams are woken together: a wake-up costs more than such a
/// message. Below, each message wakes at once, so that nothing waits without need.
const MANY: u32 = 32;

/// Messages per common wake-up below which each wakes on its own again.
const FEW: u32 = 4;

/// Bytes from which on a message wakes on its own: it costs more than the wake-up, and what is taken at once is
/// still in the caches, and its memory can be used again.
const LARGE: usize = 4096;

/// How fast messages come in.
#[derive(Default)]
pub(super) struct Load {
    millis: Cell<f64>,
    count: Cell<u32>,
    /// Whether messages are so many that streams are woken together; then the clock is left alone.
    high: Cell<bool>,
    /// Messages since the last common wake-up.
    since: Cell<u32>,
    /// Makes the common wake-up; kept, so that one timer is made for all of them.
    timer: Cell<Option<Timer>>,
    /// Whether a common wake-up is on its way.
    wakes: Cell<bool>,
}

impl Load {
    /// Whether a small message may wait for the common wake-up. Half of what may be kept waits so at most: a
    /// stream that is read must not seem to be behind.
    fn may_wait(&self, limits: &Limits) -> bool {
        if !self.is_high() {
            return false;
        }
        let waiting = self.since.get() as usize;
        self.since.set(self.since.get().saturating_add(1));
        let most = limits
            .max_buffered_messages
            .min(limits.max_buffered_bytes / LARGE);
        waiting < most / 2
    }

    fn is_high(&self) -> bool {
        if self.high.get() {
            return true;
        }
        let now = now_millis();
        if self.millis.replace(now) != now {
            self.count.set(0);
        }
        self.count.set(self.count.get() + 1);
        self.high.set(self.count.get() > MANY);
        self.high.get()
    }
}

impl Connection {
    pub(super) fn message(self: &Rc<Self>, event: JsValue) {
        if self.emitter.ready_state() != ReadyState::Open {
            return;
        }
        let event: MessageEvent = event.unchecked_into();
        let limit = self.emitter.limits().max_message_bytes;
        let fault = match read(&event.data(), &self.text, limit) {
            Err(why) => faults::unread(why),
            Ok(message) => match self.deliver(message) {
                Flow::Pause => faults::too_much(),
                _ => return,
            },
        };
        self.fail(fault);
    }

    fn deliver(self: &Rc<Self>, message: Message) -> Flow {
        let quietly = self.emitter.has_streams()
            && message.len() < LARGE
            && self.load.may_wait(self.emitter.limits());
        if !quietly {
            return self.emitter.message(message);
        }
        if !self.load.wakes.get() {
            let timer = match self.load.timer.take() {
                Some(mut timer) => timer.again().map(|()| timer),
                None => Timer::start(Duration::ZERO, self.later(Self::wake_streams)),
            };
            let Ok(timer) = timer else {
                return self.emitter.message(message);
            };
            self.load.timer.set(Some(timer));
            self.load.wakes.set(true);
        }
        self.emitter.message_quietly(message)
    }

    fn wake_streams(self: &Rc<Self>) {
        self.load.wakes.set(false);
        if self.load.since.replace(0) < FEW {
            self.load.high.set(false);
            self.load.count.set(0);
        }
        self.emitter.wake_streams();
    }
}
