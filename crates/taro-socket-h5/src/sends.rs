//! Sends that wait until enough has left.

use std::{cell::Cell, rc::Rc, time::Duration};

use taro_socket_api::Completion;
use taro_socket_js::connection::Connection;

use crate::{
    soon::Soon,
    task::{Browser, LOOK},
};

/// The longest pause between two looks at `bufferedAmount` is 2 to the power of this, in milliseconds.
const MAX_PAUSE: u32 = 4;

/// How many times in a row a hidden page looks without a pause and finds that nothing has left: some seconds. Then it
/// looks as its timers let it.
const PATIENCE: u32 = 500_000;

/// How many times in a row there may be something to report before the browser has a turn: callbacks may send again
/// for ever what is empty, of which nothing ever waits.
const MOST: u32 = 10_000;

/// A report that is due once so many of all bytes have left.
struct Waiting {
    due: f64,
    done: Completion,
}

/// Completions that wait. Browsers tell the amount of bytes that have not left, but not
/// when it changes, so it is looked at again and again while somebody waits.
#[derive(Default)]
pub(crate) struct Sends {
    waiting: Cell<Vec<Waiting>>,
    /// Bytes handed over from the beginning.
    handed: Cell<f64>,
    /// Bytes that had left at the last look, and how many looks have found the same.
    left: Cell<f64>,
    looks: Cell<u32>,
    /// Looks since the last call that `soon` made.
    reports: Cell<u32>,
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
        waiting.push(Waiting { due, done });
        self.waiting.set(waiting);
        self.looks.set(0);
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

    /// Reports what is due; looks again later if somebody waits on.
    fn report(&self, connection: &Rc<Connection<Browser>>) {
        self.reporting.set(true);
        loop {
            let buffered = connection.host().socket.buffered_amount();
            let left = self.handed.get() - f64::from(buffered);
            let reports = self.reports.get() + 1;
            self.reports.set(reports);
            let (mut due, mut rest) = (Vec::new(), Vec::new());
            for one in self.waiting.take() {
                let is_due = one.due <= left && reports < MOST;
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
            due.into_iter().for_each(|one| one.done.succeed());
        }
    }

    /// Looks again after a pause, which grows while nothing leaves. Without timers the next send does, or the end.
    fn look_later(&self, connection: &Rc<Connection<Browser>>, left: f64) {
        let looks = match self.left.replace(left) == left {
            true => self.looks.get().saturating_add(1),
            false => 0,
        };
        self.looks.set(looks);
        let pause = Duration::from_millis(1 << looks.min(MAX_PAUSE));
        if !self.soon.start(connection, LOOK, pause, looks < PATIENCE) {
            self.reports.set(0);
        }
    }

    /// A report did not return, because its panic aborted the host's call.
    pub(crate) fn recover(&self, connection: &Rc<Connection<Browser>>) {
        if self.reporting.replace(false) {
            self.report(connection);
        }
    }

    /// The end: what has left is told so, the rest is `Aborted`, which a completion reports when dropped.
    pub(crate) fn end(&self, connection: &Rc<Connection<Browser>>) {
        self.look(connection);
        self.soon.stop();
        self.waiting.take();
    }
}
