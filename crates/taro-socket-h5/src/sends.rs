//! Sends that wait until enough has left.

use std::{cell::Cell, rc::Rc, time::Duration};

use taro_socket_api::Completion;
use taro_socket_js::{connection::Connection, now_millis};
use web_sys::WebSocket;

use crate::{
    soon::Soon,
    task::{Browser, LOOK},
};

/// The longest pause between two looks at `bufferedAmount`, in milliseconds.
const MAX_PAUSE: f64 = 16.0;

/// For how many milliseconds after something has left a hidden page looks without a pause; then it looks as its
/// timers let it.
const PATIENCE: f64 = 10_000.0;

/// How many reports the browser waits for at most before it has a turn of its own: a callback that sends again may do
/// so for ever.
const MOST: usize = 10_000;

/// A report that is due once so many of all bytes have left.
struct Waiting {
    due: f64,
    done: Completion,
}

/// What waits at the end. When dropped it reports: what has left succeeds, the rest is `Aborted`.
pub(crate) struct Unsent {
    left: f64,
    waiting: Vec<Waiting>,
}

impl Drop for Unsent {
    fn drop(&mut self) {
        for one in std::mem::take(&mut self.waiting) {
            if one.due <= self.left {
                one.done.succeed();
            }
        }
    }
}

/// Completions that wait. Browsers tell the amount of bytes that have not left, but not
/// when it changes, so it is looked at again and again while somebody waits.
#[derive(Default)]
pub(crate) struct Sends {
    waiting: Cell<Vec<Waiting>>,
    /// Bytes handed over from the beginning.
    handed: Cell<f64>,
    /// Bytes that had left at the last look, and since when it is as many; infinite where nothing is known of that.
    left: Cell<f64>,
    since: Cell<f64>,
    /// Reports since the last call that `soon` made.
    reports: Cell<usize>,
    soon: Soon,
    /// Whether somebody is at reporting; a report that causes a send leaves it to that one.
    reporting: Cell<bool>,
}

impl Sends {
    /// A message was handed over. It reports once at most [`Limits::send_low_water_bytes`] of what was handed over
    /// up to it have not left.
    ///
    /// [`Limits::send_low_water_bytes`]: taro_socket_api::Limits::send_low_water_bytes
    pub(crate) fn sent(
        &self,
        connection: &Rc<Connection<Browser>>,
        bytes: usize,
        done: Completion,
    ) {
        self.handed.set(self.handed.get() + bytes as f64);
        if !done.is_none() {
            let low = connection.emitter().limits().send_low_water_bytes;
            self.add(connection, low, done);
        }
    }

    /// Reports `done` once at most `low` bytes of what was handed over up to now have not left.
    pub(crate) fn add(&self, connection: &Rc<Connection<Browser>>, low: usize, done: Completion) {
        let due = self.handed.get() - low as f64;
        let mut waiting = self.waiting.take();
        if waiting.is_empty() {
            self.since.set(f64::INFINITY);
        }
        waiting.push(Waiting { due, done });
        self.waiting.set(waiting);
        if !self.reporting.get() && !self.soon.is_waiting() {
            self.report(connection);
        }
    }

    /// Looks at what was waited for.
    pub(crate) fn look(&self, connection: &Rc<Connection<Browser>>) {
        self.soon.came();
        self.reports.set(0);
        self.report(connection);
    }

    /// An event of the browser: a look without waiting for the next one.
    pub(crate) fn look_early(&self, connection: &Rc<Connection<Browser>>) {
        if self.soon.is_waiting() {
            self.report(connection);
        }
    }

    /// Bytes that have left.
    fn left(&self, socket: &WebSocket) -> f64 {
        self.handed.get() - f64::from(socket.buffered_amount())
    }

    /// Reports what is due; looks again later if somebody waits on.
    fn report(&self, connection: &Rc<Connection<Browser>>) {
        self.reporting.set(true);
        loop {
            let left = self.left(&connection.host().socket);
            // Without timers the browser has to wait.
            let may = self.reports.get() < MOST
                || !self.soon.start(connection, LOOK, Duration::ZERO, true);
            let (mut due, mut rest) = (Vec::new(), Vec::new());
            for one in self.waiting.take() {
                let is_due = may && one.due <= left;
                let list = if is_due { &mut due } else { &mut rest };
                list.push(one);
            }
            let waits = !rest.is_empty();
            self.waiting.set(rest);
            if due.is_empty() {
                self.reporting.set(false);
                if waits {
                    self.look_later(connection, left);
                }
                return;
            }
            self.reports.set(self.reports.get() + due.len());
            due.into_iter().for_each(|one| one.done.succeed());
        }
    }

    /// Looks again after a pause, as long as nothing has left up to now. Without timers the end reports.
    fn look_later(&self, connection: &Rc<Connection<Browser>>, left: f64) {
        let now = now_millis();
        // The clock may be set back.
        if self.left.replace(left) != left || now < self.since.get() {
            self.since.set(now);
        }
        let idle = now - self.since.get();
        let pause = Duration::from_millis((idle + 1.0).min(MAX_PAUSE) as u64);
        self.soon.start(connection, LOOK, pause, idle < PATIENCE);
    }

    /// A report did not return, because its panic aborted the host's call.
    pub(crate) fn recover(&self, connection: &Rc<Connection<Browser>>) {
        if self.reporting.replace(false) {
            self.report(connection);
        }
    }

    /// The end: stops looking and gives back what waits.
    #[must_use]
    pub(crate) fn take(&self, socket: &WebSocket) -> Unsent {
        self.soon.stop();
        Unsent {
            left: self.left(socket),
            waiting: self.waiting.take(),
        }
    }
}
