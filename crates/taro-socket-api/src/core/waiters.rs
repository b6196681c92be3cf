//! All that waits asynchronously: streams, futures, and the adapter's driver.

use std::{mem, sync::Arc, task::Waker};

use super::stream_queue::{StreamQueue, Subscriber};
use crate::{Limits, SocketEvent, after::After};

/// Those that wait, under the core's lock.
#[derive(Default)]
pub(super) struct Waiters {
    streams: Vec<Arc<dyn Subscriber>>,
    /// Futures that wait for open or close, by their tickets.
    futures: Vec<(u64, Waker)>,
    last_ticket: u64,
    /// The adapter's driver, while it waits for room.
    driver: Option<Waker>,
}

impl Waiters {
    /// Adds a stream.
    pub(super) fn add(&mut self, stream: Arc<StreamQueue>) {
        self.streams.push(stream);
    }

    /// Forgets a stream that was dropped.
    pub(super) fn remove(&mut self, stream: &Arc<StreamQueue>, after: &mut After) {
        let id = Arc::as_ptr(stream).cast::<()>();
        let at = |known: &Arc<dyn Subscriber>| Arc::as_ptr(known).cast::<()>() == id;
        if let Some(at) = self.streams.iter().position(at) {
            after.discard(self.streams.remove(at));
        }
    }

    pub(super) fn streams(&self) -> &[Arc<dyn Subscriber>] {
        &self.streams
    }

    /// Whether the future of this ticket has left this waker.
    pub(super) fn knows(&self, ticket: Option<u64>, waker: &Waker) -> bool {
        self.futures
            .iter()
            .any(|(known, old)| Some(*known) == ticket && old.will_wake(waker))
    }

    /// Notes who waits for open or close.
    pub(super) fn wait(&mut self, ticket: &mut Option<u64>, waker: Waker, after: &mut After) {
        let last_ticket = &mut self.last_ticket;
        let ticket = *ticket.get_or_insert_with(|| {
            *last_ticket += 1;
            *last_ticket
        });
        match self.futures.iter_mut().find(|(known, _)| *known == ticket) {
            Some((_, known)) => after.discard(mem::replace(known, waker)),
            None => self.futures.push((ticket, waker)),
        }
    }

    /// A future that waited is gone.
    pub(super) fn stop_waiting(&mut self, ticket: u64, after: &mut After) {
        let at = |(known, _): &(u64, Waker)| *known == ticket;
        if let Some(at) = self.futures.iter().position(at) {
            after.discard(self.futures.swap_remove(at));
        }
    }

    /// Whether the driver has left this waker.
    pub(super) fn knows_driver(&self, waker: &Waker) -> bool {
        self.driver
            .as_ref()
            .is_some_and(|known| known.will_wake(waker))
    }

    /// Notes the driver.
    pub(super) fn drive(&mut self, waker: Waker, after: &mut After) {
        after.discard_some(self.driver.replace(waker));
    }

    /// Lets the driver read on.
    pub(super) fn wake_driver(&mut self, after: &mut After) {
        after.wake(self.driver.take());
    }

    /// Hands an event to every stream; wake them afterwards.
    pub(super) fn publish(&self, event: &SocketEvent, after: &mut After) {
        for stream in &self.streams {
            stream.push(event.clone(), after);
        }
    }

    /// Whether a stream is so far behind that reading should pause.
    pub(super) fn is_full(&self, limits: &Limits, after: &mut After) -> bool {
        self.streams
            .iter()
            .any(|stream| stream.is_full(limits, after))
    }

    /// Wakes the streams that have something to take.
    pub(super) fn wake_streams(&self, after: &mut After) {
        self.streams.iter().for_each(|stream| stream.wake(after));
    }

    /// Wakes the futures.
    pub(super) fn wake_futures(&mut self, after: &mut After) {
        for (_, waker) in mem::take(&mut self.futures) {
            after.wake(Some(waker));
        }
    }

    /// Forgets all streams, for the end.
    pub(super) fn forget_streams(&mut self, after: &mut After) {
        if !self.streams.is_empty() {
            after.discard(mem::take(&mut self.streams));
        }
    }
}
