//! What is done once the lock is free again.

use std::{fmt, task::Waker};

use crate::panics::contain_panic;

/// What a change of the state leaves to be done: wakers to wake, and whatever may run somebody else's code when it
/// is dropped (wakers, handlers, events, streams, tasks). Any of them may come back and take the lock, so nothing of
/// it happens before the lock is free. See [`Lock::change`](crate::adapter::Lock::change).
#[derive(Default)]
pub struct After {
    /// Mostly there is one, which needs no list.
    waker: Option<Waker>,
    wakers: Vec<Waker>,
    discarded: Vec<Box<dyn Anything>>,
}

/// Something to be dropped.
trait Anything {}
impl<T> Anything for T {}

impl After {
    /// Wakes `waker`, if there is one.
    pub fn wake(&mut self, waker: Option<Waker>) {
        match self.waker {
            None => self.waker = waker,
            Some(_) => self.wakers.extend(waker),
        }
    }

    /// Drops `thing`.
    pub fn discard<T: 'static>(&mut self, thing: T) {
        self.discarded.push(Box::new(thing));
    }

    /// As [`discard`](Self::discard), of what there may be.
    pub fn discard_some<T: 'static>(&mut self, thing: Option<T>) {
        if let Some(thing) = thing {
            self.discard(thing);
        }
    }

    /// Does it all, wakers first; a panic in one of them ends there.
    pub(crate) fn run(self) {
        for waker in self.waker.into_iter().chain(self.wakers) {
            contain_panic(|| waker.wake());
        }
        for thing in self.discarded {
            contain_panic(|| drop(thing));
        }
    }
}

impl fmt::Debug for After {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("After")
            .field(
                "wakers",
                &(usize::from(self.waker.is_some()) + self.wakers.len()),
            )
            .field("discarded", &self.discarded.len())
            .finish()
    }
}
