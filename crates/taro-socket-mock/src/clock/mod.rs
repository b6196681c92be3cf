//! Time that moves only when a test says so, and the executor that goes with it.

mod executor;
mod sleep;

use std::{
    fmt,
    future::Future,
    pin::pin,
    sync::{Arc, Weak},
    task::{Context, Poll},
    time::Duration,
};

use taro_socket_api::{BoxFuture, MaybeSend};

use executor::Executor;
pub use sleep::Sleep;

/// Most polls of one [`VirtualClock::block_on`] or [`VirtualClock::advance`].
const MAX_POLLS: usize = 50_000_000;

/// Virtual time and the executor of everything that waits for it.
///
/// Timers of a runtime, such as tokio's, are not on it: use [`sleep`](Self::sleep) and the options of a task.
/// Time starts at zero. It moves by [`advance`](Self::advance), and in [`block_on`](Self::block_on) when
/// nothing can run before the next timer. Connections of the mock run on their connector's clock, so they
/// make progress only in these two calls or while [`drive`](Self::drive) is polled. A clone is the same clock.
///
/// ```
/// use std::time::Duration;
/// use taro_socket_mock::VirtualClock;
///
/// let clock = VirtualClock::new();
/// clock.block_on(clock.sleep(Duration::from_secs(3600)))?;
/// assert_eq!(clock.now(), Duration::from_secs(3600));
/// # Ok::<(), taro_socket_mock::ClockError>(())
/// ```
#[derive(Clone, Default)]
pub struct VirtualClock {
    executor: Arc<Executor>,
}

/// Why [`VirtualClock::block_on`] gave up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ClockError {
    /// The future waits for something that neither the clock's tasks nor its timers can bring.
    Deadlock {
        /// The time at which nothing was left to do.
        at: Duration,
    },
    /// Something runs without end: 50 million polls were not enough.
    Endless {
        /// The time reached.
        at: Duration,
    },
}

impl fmt::Display for ClockError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Deadlock { at } => write!(
                f,
                "deadlock at {at:?}: the future is pending, and no task can run and no timer is set"
            ),
            Self::Endless { at } => {
                write!(f, "endless at {at:?}: more than {MAX_POLLS} polls")
            }
        }
    }
}

impl std::error::Error for ClockError {}

impl VirtualClock {
    /// A clock at time zero.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Time since the clock was made.
    #[must_use]
    pub fn now(&self) -> Duration {
        self.executor.now()
    }

    /// Waits until `duration` of virtual time has passed.
    pub fn sleep(&self, duration: Duration) -> Sleep {
        self.downgrade().sleep(duration)
    }

    /// Runs what can run, then moves time by `duration`, stopping at every timer on the way.
    ///
    /// # Errors
    ///
    /// [`ClockError::Endless`] if something runs without end.
    pub fn advance(&self, duration: Duration) -> Result<(), ClockError> {
        let until = self.now().saturating_add(duration);
        let mut polls = MAX_POLLS;
        self.run_ready(&mut polls)?;
        while self.executor.fire_next(Some(until)) {
            self.run_ready(&mut polls)?;
        }
        self.executor.set_now(until);
        Ok(())
    }

    /// Runs what can run at this moment; time stays.
    ///
    /// # Errors
    ///
    /// [`ClockError::Endless`] if something runs without end.
    pub fn run_until_idle(&self) -> Result<(), ClockError> {
        self.run_ready(&mut MAX_POLLS.clone())
    }

    /// Polls `future` to its end. While it and all tasks wait, time jumps to the next timer.
    ///
    /// Only the clock's own tasks and timers can wake it: a future that waits for another thread or runtime
    /// is a deadlock here.
    ///
    /// # Errors
    ///
    /// [`ClockError::Deadlock`] instead of hanging, [`ClockError::Endless`] if something runs without end.
    pub fn block_on<F: Future>(&self, future: F) -> Result<F::Output, ClockError> {
        let mut future = pin!(future);
        let main = self.executor.main_waker();
        let mut polls = MAX_POLLS;
        loop {
            if main.take() {
                let polled = future
                    .as_mut()
                    .poll(&mut Context::from_waker(&main.waker()));
                if let Poll::Ready(output) = polled {
                    return Ok(output);
                }
            }
            self.run_ready(&mut polls)?;
            if !main.is_set() && !self.executor.fire_next(None) {
                return Err(ClockError::Deadlock { at: self.now() });
            }
            polls = polls.checked_sub(1).ok_or_else(|| self.endless())?;
        }
    }

    /// Runs `future` beside the others, until it ends or the clock is dropped.
    pub fn spawn(&self, future: impl Future<Output = ()> + MaybeSend + 'static) {
        self.executor.spawn(Box::pin(future));
    }

    /// Runs what can run for as long as the returned future is polled; it never ends.
    ///
    /// Spawn it on another runtime to use the mock there. Time still moves by [`advance`](Self::advance) only.
    pub fn drive(&self) -> BoxFuture<'static, ()> {
        let clock = self.clone();
        Box::pin(std::future::poll_fn(move |cx| {
            clock.executor.wake_outside(cx.waker());
            // An endless task shows as a busy runtime, as it does without a mock.
            let _ = clock.run_until_idle();
            Poll::Pending
        }))
    }

    pub(crate) fn downgrade(&self) -> WeakClock {
        WeakClock(Arc::downgrade(&self.executor))
    }

    fn run_ready(&self, polls: &mut usize) -> Result<(), ClockError> {
        while self.executor.run_one() {
            *polls = polls.checked_sub(1).ok_or_else(|| self.endless())?;
        }
        Ok(())
    }

    fn endless(&self) -> ClockError {
        ClockError::Endless { at: self.now() }
    }
}

impl fmt::Debug for VirtualClock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("VirtualClock")
            .field("now", &self.now())
            .finish_non_exhaustive()
    }
}

/// A clock as its own tasks hold it: otherwise they would keep each other alive.
#[derive(Clone, Debug, Default)]
pub(crate) struct WeakClock(Weak<Executor>);

impl WeakClock {
    /// The time on the clock; zero once the clock is gone.
    pub(crate) fn now(&self) -> Duration {
        self.0
            .upgrade()
            .map_or(Duration::ZERO, |executor| executor.now())
    }

    pub(crate) fn sleep(&self, duration: Duration) -> Sleep {
        Sleep::new(self.0.clone(), duration)
    }

    pub(crate) fn spawn(&self, future: BoxFuture<'static, ()>) {
        if let Some(executor) = self.0.upgrade() {
            executor.spawn(future);
        }
    }
}

#[cfg(test)]
mod tests;
