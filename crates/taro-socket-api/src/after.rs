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
    /// Mostly there is nothing, and that is seen at a glance.
    rest: Option<Box<Rest>>,
}

#[derive(Default)]
struct Rest {
    wakers: Vec<Waker>,
    discarded: Vec<Box<dyn Anything>>,
}

/// Something to be dropped.
trait Anything {}
impl<T> Anything for T {}

impl After {
    /// Wakes `waker`, if there is one.
    #[inline]
    pub fn wake(&mut self, waker: Option<Waker>) {
        if let Some(waker) = waker {
            self.add(waker);
        }
    }

    fn add(&mut self, waker: Waker) {
        match self.waker {
            None => self.waker = Some(waker),
            Some(_) => self.rest().wakers.push(waker),
        }
    }

    /// Drops `thing`.
    pub fn discard<T: 'static>(&mut self, thing: T) {
        self.rest().discarded.push(Box::new(thing));
    }

    /// As [`discard`](Self::discard), of what there may be.
    pub fn discard_some<T: 'static>(&mut self, thing: Option<T>) {
        if let Some(thing) = thing {
            self.discard(thing);
        }
    }

    fn rest(&mut self) -> &mut Rest {
        self.rest.get_or_insert_with(Box::default)
    }

    /// Does it all, wakers first; a panic in one of them ends there.
    #[inline]
    pub(crate) fn run(self) {
        // Asked where it is called: mostly nothing is to be done.
        if self.waker.is_some() || self.rest.is_some() {
            self.run_all();
        }
    }

    fn run_all(self) {
        let rest = self.rest.map(|rest| *rest).unwrap_or_default();
        for waker in self.waker.into_iter().chain(rest.wakers) {
            contain_panic(|| waker.wake());
        }
        for thing in rest.discarded {
            contain_panic(|| drop(thing));
        }
    }
}

impl fmt::Debug for After {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (wakers, discarded) = match &self.rest {
            Some(rest) => (rest.wakers.len(), rest.discarded.len()),
            None => (0, 0),
        };
        f.debug_struct("After")
            .field("wakers", &(usize::from(self.waker.is_some()) + wakers))
            .field("discarded", &discarded)
            .finish()
    }
}
