//! A wait for virtual time.

use std::{
    future::Future,
    pin::Pin,
    sync::Weak,
    task::{Context, Poll},
    time::Duration,
};

use super::executor::{Executor, TimerKey};

/// Future of [`VirtualClock::sleep`](super::VirtualClock::sleep); never ready once the clock is gone.
#[derive(Debug)]
#[must_use = "futures do nothing unless awaited"]
pub struct Sleep {
    executor: Weak<Executor>,
    at: Duration,
    timer: Option<TimerKey>,
}

impl Sleep {
    pub(super) fn new(executor: Weak<Executor>, duration: Duration) -> Self {
        let now = executor
            .upgrade()
            .map_or(Duration::ZERO, |executor| executor.now());
        Self {
            executor,
            at: now.saturating_add(duration),
            timer: None,
        }
    }
}

impl Future for Sleep {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        let Some(executor) = self.executor.upgrade() else {
            return Poll::Pending;
        };
        if executor.now() >= self.at {
            return Poll::Ready(());
        }
        let timer = executor.set_timer(self.timer, self.at, cx.waker().clone());
        self.timer = Some(timer);
        Poll::Pending
    }
}

impl Drop for Sleep {
    fn drop(&mut self) {
        // A timer that nobody waits for must not draw time forward.
        if let (Some(key), Some(executor)) = (self.timer, self.executor.upgrade()) {
            executor.cancel_timer(key);
        }
    }
}
