//! What is done once the lock is free again.

use std::task::Waker;

use crate::panics::contain_panic;

/// What a change of the state leaves to be done: wakers to wake, and whatever may run somebody else's code when it
/// is dropped (wakers, handlers, events, streams, tasks). Any of them may come back and take the lock, so nothing of
/// it happens before the lock is free. See [`Lock::change`](crate::maybe_send::Lock::change).
#[derive(Default)]
pub(crate) struct After {
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
    pub(crate) fn wake(&mut self, waker: Option<Waker>) {
        match self.waker {
            None => self.waker = waker,
            Some(_) => self.wakers.extend(waker),
        }
    }

    /// Drops `thing`.
    pub(crate) fn discard<T: 'static>(&mut self, thing: T) {
        self.discarded.push(Box::new(thing));
    }

    /// As [`discard`](Self::discard), of what there may be.
    pub(crate) fn discard_some<T: 'static>(&mut self, thing: Option<T>) {
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
