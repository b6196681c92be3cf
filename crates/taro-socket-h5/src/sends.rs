//! Sends that wait for the low-water mark.

use std::{cell::Cell, time::Duration};

use taro_socket_api::Completion;
use taro_socket_js::Timer;

/// The longest pause between two looks at `bufferedAmount`, in milliseconds.
const MAX_PAUSE: u64 = 16;

/// Completions in order, reported once little enough waits. Browsers tell the amount, but not when it changes,
/// so it is looked at again and again while somebody waits.
#[derive(Default)]
pub(crate) struct Sends {
    waiting: Cell<Vec<Completion>>,
    /// Milliseconds until the next look.
    pause: Cell<u64>,
    timer: Cell<Option<Timer>>,
    /// Whether somebody is at reporting; a report that causes a send leaves it to that one.
    reporting: Cell<bool>,
}

impl Sends {
    /// Adds one; whether the caller has to look.
    #[must_use]
    pub(crate) fn add(&self, done: Completion) -> bool {
        let mut waiting = self.waiting.take();
        waiting.push(done);
        let first = waiting.len() == 1;
        self.waiting.set(waiting);
        self.pause.set(1);
        first && !self.reporting.get()
    }

    /// Reports what waits while `is_low` holds; whether all is reported.
    pub(crate) fn report(&self, is_low: impl Fn() -> bool) -> bool {
        self.reporting.set(true);
        while is_low() {
            let waiting = self.waiting.take();
            if waiting.is_empty() {
                break;
            }
            waiting.into_iter().for_each(Completion::succeed);
        }
        self.reporting.set(false);
        let waiting = self.waiting.take();
        let done = waiting.is_empty();
        self.waiting.set(waiting);
        done
    }

    /// Looks again after a pause, which grows.
    pub(crate) fn look_later(&self, look: impl Fn() + 'static) {
        let pause = self.pause.get();
        self.pause.set((pause * 2).min(MAX_PAUSE));
        // Without timers the end reports.
        self.timer
            .set(Timer::start(Duration::from_millis(pause), look).ok());
    }

    /// A report did not return, because its panic aborted the host's call.
    pub(crate) fn recover(&self) {
        self.reporting.set(false);
    }

    /// The end: stops looking and gives back what waits, which reports `Aborted` when dropped.
    #[must_use]
    pub(crate) fn take(&self) -> Vec<Completion> {
        self.timer.take();
        self.waiting.take()
    }
}
