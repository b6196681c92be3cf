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
    discarded: Vec<Box<dyn Anything>>,
}

/// Something to be dropped.
trait Anything {}
impl<T> Anything for T {}

/// Wakes when dropped: one more waker needs no list of its own.
struct Wakes(Option<Waker>);

impl Drop for Wakes {
    fn drop(&mut self) {
        if let Some(waker) = self.0.take() {
            waker.wake();
        }
    }
}

impl After {
    /// Wakes `waker`, if there is one.
    #[inline]
    pub fn wake(&mut self, waker: Option<Waker>) {
        match self.waker {
            None => self.waker = waker,
            Some(_) if waker.is_some() => self.discard(Wakes(waker)),
            Some(_) => {}
        }
    }

    /// Drops `thing`.
    pub fn discard<T: 'static>(&mut self, thing: T) {
        self.put(Box::new(thing));
    }

    // Once in the module, not once for each kind of thing.
    #[inline(never)]
    fn put(&mut self, thing: Box<dyn Anything>) {
        self.discarded.push(thing);
    }

    /// As [`discard`](Self::discard), of what there may be.
    pub fn discard_some<T: 'static>(&mut self, thing: Option<T>) {
        if let Some(thing) = thing {
            self.discard(thing);
        }
    }

    /// Does it all in order, but for the first waker, which is the first of all; a panic in one of them ends there.
    #[inline]
    pub(crate) fn run(self) {
        // Asked where it is called: mostly nothing is to be done.
        if self.waker.is_some() || !self.discarded.is_empty() {
            self.run_all();
        }
    }

    // Once in the module, not once for each change.
    #[inline(never)]
    fn run_all(self) {
        if let Some(waker) = self.waker {
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
            .field("wakes", &self.waker.is_some())
            .field("discarded", &self.discarded.len())
            .finish()
    }
}
