//! All that waits asynchronously: streams, futures, and the adapter's driver.

use std::{mem, sync::Arc, task::Waker};

use super::{
    Shared,
    stream_queue::{StreamQueue, Subscriber},
};
use crate::{Limits, SocketEvent};

/// Those that wait, under the core's lock. Wakers are woken and dropped outside it: either may drop a future, and
/// with it a stream, which takes the lock.
#[derive(Default)]
pub(super) struct Waiters {
    streams: Vec<Arc<dyn Subscriber>>,
    /// Futures that wait for open or close, by their tickets.
    futures: Vec<(u64, Waker)>,
    last_ticket: u64,
    /// The adapter's driver, while it waits for room.
    driver: Option<Waker>,
    verbs: Option<&'static Verbs>,
    wake_driver: Option<fn(&Shared)>,
}

/// What is done for streams and futures, known once there has been one: who uses callbacks alone does not carry
/// the code.
struct Verbs {
    publish: fn(&Waiters, &SocketEvent),
    is_full: fn(&Waiters, &Limits) -> bool,
    wake_streams: fn(&Shared),
    wake_all: fn(&Shared),
}

static VERBS: Verbs = Verbs {
    publish,
    is_full,
    wake_streams,
    wake_all,
};

impl Waiters {
    /// Adds a stream.
    pub(super) fn add(&mut self, stream: Arc<StreamQueue>) {
        self.verbs = Some(&VERBS);
        self.streams.push(stream);
    }

    /// Forgets a stream that was dropped.
    pub(super) fn remove(&mut self, stream: &Arc<StreamQueue>) {
        let id = Arc::as_ptr(stream).cast::<()>();
        self.streams
            .retain(|known| Arc::as_ptr(known).cast::<()>() != id);
    }

    /// Forgets all streams, for the end.
    pub(super) fn forget_streams(&mut self) {
        self.streams.clear();
    }

    pub(super) fn streams(&self) -> &Vec<Arc<dyn Subscriber>> {
        &self.streams
    }

    /// Notes who waits for open or close; gives back the waker it replaces.
    pub(super) fn wait(&mut self, ticket: &mut Option<u64>, waker: &Waker) -> Option<Waker> {
        self.verbs = Some(&VERBS);
        let last_ticket = &mut self.last_ticket;
        let ticket = *ticket.get_or_insert_with(|| {
            *last_ticket += 1;
            *last_ticket
        });
        match self.futures.iter_mut().find(|(known, _)| *known == ticket) {
            Some((_, known)) if known.will_wake(waker) => None,
            Some((_, known)) => Some(mem::replace(known, waker.clone())),
            None => {
                self.futures.push((ticket, waker.clone()));
                None
            }
        }
    }

    /// A future that waited is gone; gives back its waker.
    pub(super) fn stop_waiting(&mut self, ticket: u64) -> Option<Waker> {
        let at = self
            .futures
            .iter()
            .position(|(known, _)| *known == ticket)?;
        Some(self.futures.swap_remove(at).1)
    }

    /// Notes the driver; gives back the waker it replaces.
    pub(super) fn drive(&mut self, waker: &Waker) -> Option<Waker> {
        self.wake_driver = Some(wake_driver);
        match &mut self.driver {
            Some(known) if known.will_wake(waker) => None,
            known => known.replace(waker.clone()),
        }
    }

    /// Hands an event to every stream; wake them afterwards.
    pub(super) fn publish(&self, event: &SocketEvent) {
        if let Some(verbs) = self.verbs {
            (verbs.publish)(self, event);
        }
    }

    /// Whether a stream is so far behind that reading should pause.
    pub(super) fn is_full(&self, limits: &Limits) -> bool {
        self.verbs
            .is_some_and(|verbs| (verbs.is_full)(self, limits))
    }
}

impl Shared {
    /// Wakes the streams that have something to take; call it outside the lock.
    pub(super) fn wake_streams(&self) {
        let verbs = self.lock().waiters.verbs;
        verbs
            .into_iter()
            .for_each(|verbs| (verbs.wake_streams)(self));
    }

    /// Wakes streams and futures; call it outside the lock.
    pub(super) fn wake_all(&self) {
        let verbs = self.lock().waiters.verbs;
        verbs.into_iter().for_each(|verbs| (verbs.wake_all)(self));
    }

    /// Lets the adapter's driver read on; call it outside the lock.
    pub(crate) fn wake_driver(&self) {
        let wake = self.lock().waiters.wake_driver;
        wake.into_iter().for_each(|wake| wake(self));
    }
}

fn publish(waiters: &Waiters, event: &SocketEvent) {
    for stream in &waiters.streams {
        stream.push(event.clone());
    }
}

fn is_full(waiters: &Waiters, limits: &Limits) -> bool {
    waiters.streams.iter().any(|stream| stream.is_full(limits))
}

fn wake_streams(shared: &Shared) {
    // Mostly there is one, which needs no list.
    let (mut first, mut others) = (None, Vec::new());
    for stream in &shared.lock().waiters.streams {
        let consumer = stream.take_consumer();
        match first {
            None => first = consumer,
            Some(_) => others.extend(consumer),
        }
    }
    if let Some(first) = first {
        first.wake();
        others.into_iter().for_each(Waker::wake);
    }
}

fn wake_all(shared: &Shared) {
    let futures = mem::take(&mut shared.lock().waiters.futures);
    futures.into_iter().for_each(|(_, waker)| waker.wake());
    wake_streams(shared);
}

fn wake_driver(shared: &Shared) {
    let driver = shared.lock().waiters.driver.take();
    driver.into_iter().for_each(Waker::wake);
}
