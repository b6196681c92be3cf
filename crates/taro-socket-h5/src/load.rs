//! Messages from the browser to the core.

use std::{cell::Cell, rc::Rc, time::Duration};

use taro_socket_api::{Flow, Limits, Message};
use taro_socket_js::{connection::Connection, now_millis};

use crate::{
    soon::Soon,
    task::{Browser, WAKE},
};

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
pub(crate) struct Load {
    millis: Cell<f64>,
    count: Cell<u32>,
    /// Whether messages are so many that streams are woken together; then the clock is left alone.
    high: Cell<bool>,
    /// Messages since the last common wake-up.
    since: Cell<u32>,
    /// Makes the common wake-up.
    soon: Soon,
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

    pub(crate) fn deliver(&self, connection: &Rc<Connection<Browser>>, message: Message) -> Flow {
        let emitter = connection.emitter();
        let quietly = emitter.has_streams()
            && message.len() < LARGE
            && self.may_wait(emitter.limits())
            && self.soon.start(connection, WAKE, Duration::ZERO, true);
        match quietly {
            true => emitter.message_quietly(message),
            false => emitter.message(message),
        }
    }

    pub(crate) fn wake(&self, connection: &Connection<Browser>) {
        self.soon.came();
        if self.since.replace(0) < FEW {
            self.high.set(false);
            self.count.set(0);
        }
        connection.emitter().wake_streams();
    }

    pub(crate) fn stop(&self) {
        self.soon.stop();
    }
}
