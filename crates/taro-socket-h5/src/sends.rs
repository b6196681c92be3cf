//! Sends that wait for the low-water mark.

use std::{
    cell::{Cell, RefCell},
    time::Duration,
};

use taro_socket_api::Completion;
use taro_socket_js::Timer;

/// The longest pause between two looks at `bufferedAmount`.
const MAX_PAUSE: Duration = Duration::from_millis(16);

/// Completions in order, reported together once little enough waits. Browsers tell the amount, but not when
/// it changes, so it is looked at again and again while somebody waits.
#[derive(Debug, Default)]
pub(crate) struct Sends {
    waiting: RefCell<Vec<Completion>>,
    /// Whether a look is on its way.
    looking: Cell<bool>,
    pause: Cell<Duration>,
    timer: RefCell<Option<Timer>>,
}

impl Sends {
    /// Adds one; whether the caller has to start looking.
    #[must_use]
    pub(crate) fn add(&self, done: Completion) -> bool {
        self.waiting.borrow_mut().push(done);
        self.pause.set(Duration::from_millis(1));
        !self.looking.replace(true)
    }

    /// Reports all that wait.
    pub(crate) fn succeed(&self) {
        self.looking.set(false);
        let waiting = self.waiting.take();
        waiting.into_iter().for_each(Completion::succeed);
    }

    /// Looks again after a pause, which grows.
    pub(crate) fn look_later(&self, look: impl Fn() + 'static) {
        let pause = self.pause.get();
        self.pause.set((pause * 2).min(MAX_PAUSE));
        match Timer::start(pause, look) {
            Ok(timer) => drop(self.timer.replace(Some(timer))),
            // Without timers nothing can be waited for.
            Err(_) => self.succeed(),
        }
    }

    /// The end: stops looking and gives back what waits, which reports `Aborted` when dropped.
    #[must_use]
    pub(crate) fn take(&self) -> Vec<Completion> {
        drop(self.timer.take());
        self.waiting.take()
    }
}
