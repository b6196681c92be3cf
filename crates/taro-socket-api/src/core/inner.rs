//! What core, emitter, streams and futures of one task share.

use std::{
    collections::VecDeque,
    fmt,
    sync::{
        Arc, Mutex, MutexGuard,
        atomic::{AtomicU8, AtomicUsize, Ordering},
    },
    task::Waker,
};

use super::{
    dispatch::finish,
    gauge::Gauge,
    handlers::Handlers,
    stream_queue::{StreamQueue, Subscriber},
    task_core::Acceptance,
};
use crate::{
    CloseEvent, ErrorEvent, Limits, MessageEvent, OpenEvent, ReadyState, SocketEvent, SocketTask,
    SocketTaskId, maybe_send::lock,
};

pub(crate) struct Shared {
    pub(super) id: SocketTaskId,
    pub(super) limits: Limits,
    pub(super) acceptance: Acceptance,
    pub(super) gauge: Gauge,
    /// Mirror of the state, so that reading it takes no lock.
    pub(super) state: AtomicU8,
    /// Counts, under the lock, the changes after which a running batch must look again.
    changes: AtomicUsize,
    inner: Mutex<Inner>,
}

/// All that is changed under the lock.
#[derive(Default)]
pub(super) struct Inner {
    /// Whether somebody is calling handlers; then everybody else only adds to the state.
    pub(super) dispatching: bool,
    pub(super) close_requested: bool,
    pub(super) handlers: Handlers,
    /// Calls the handlers, once there has been one: who registers none does not carry the code.
    pub(super) dispatcher: Option<fn(&Shared)>,
    pub(super) open: Option<OpenEvent>,
    pub(super) error: Option<ErrorEvent>,
    pub(super) close: Option<CloseEvent>,
    /// Messages that nobody has consumed yet.
    pub(super) inbox: VecDeque<SocketEvent>,
    pub(super) inbox_bytes: usize,
    pub(super) streams: Vec<Arc<dyn Subscriber>>,
    /// Futures that wait for open or close, by their tickets.
    waiting: Vec<(u64, Waker)>,
    last_ticket: u64,
    /// The adapter's driver, while it waits for room.
    pub(super) driver: Option<Waker>,
    /// The task itself, after `detach`.
    pub(super) detached: Option<Arc<dyn SocketTask>>,
}

impl Shared {
    #[allow(
        clippy::arc_with_non_send_sync,
        reason = "handlers need not be Send where there are no threads"
    )]
    pub(super) fn new(limits: Limits, acceptance: Acceptance, gauge: Gauge) -> Arc<Self> {
        Arc::new(Self {
            id: SocketTaskId::next(),
            limits,
            acceptance,
            gauge,
            state: AtomicU8::new(ReadyState::Connecting.code()),
            changes: AtomicUsize::new(0),
            inner: Mutex::default(),
        })
    }

    /// The lock. A panic of the user's code cannot poison it, for none runs under it.
    pub(super) fn lock(&self) -> MutexGuard<'_, Inner> {
        lock(&self.inner)
    }

    pub(super) fn ready_state(&self) -> ReadyState {
        ReadyState::from_code(self.state.load(Ordering::Acquire))
    }

    /// Changes the state; call it under the lock.
    pub(super) fn set_state(&self, state: ReadyState) {
        self.state.store(state.code(), Ordering::Release);
        self.touch();
    }

    /// Makes running batches look again; call it under the lock.
    pub(super) fn touch(&self) {
        self.changes.fetch_add(1, Ordering::Release);
    }

    pub(super) fn changes(&self) -> usize {
        self.changes.load(Ordering::Acquire)
    }

    /// Tells the handlers what has happened, if there are any, and cleans up after the end.
    pub(super) fn dispatch(&self) {
        let inner = self.lock();
        match inner.dispatcher {
            None => finish(self, inner),
            Some(dispatch) => {
                drop(inner);
                dispatch(self);
            }
        }
    }

    /// Calls `ready` under the lock; while it gives `None`, `waker` is woken by open and close.
    ///
    /// `ticket` is the caller's place among those that wait; hand it to [`stop_waiting`](Self::stop_waiting) at the end.
    pub(crate) fn poll_latched<T>(
        &self,
        ticket: &mut Option<u64>,
        waker: &Waker,
        ready: impl FnOnce(Latched<'_>) -> Option<T>,
    ) -> Option<T> {
        let mut inner = self.lock();
        let latched = Latched {
            open: inner.open.as_ref(),
            error: inner.error.as_ref(),
            close: inner.close.as_ref(),
        };
        let value = ready(latched);
        let outdated = match value {
            Some(_) => None,
            None => inner.wait(ticket, waker),
        };
        drop(inner);
        // Dropping a waker may drop a future, and with it a stream, which takes the lock.
        drop(outdated);
        value
    }

    /// A future that waited is gone.
    pub(crate) fn stop_waiting(&self, ticket: Option<u64>) {
        let Some(ticket) = ticket else {
            return;
        };
        let mut inner = self.lock();
        let waiting = std::mem::take(&mut inner.waiting).into_iter();
        let (gone, waiting): (Vec<_>, _) = waiting.partition(|(known, _)| *known == ticket);
        inner.waiting = waiting;
        drop(inner);
        drop(gone);
    }

    /// Lets the adapter's driver read on.
    pub(crate) fn wake_driver(&self) {
        let driver = self.lock().driver.take();
        driver.into_iter().for_each(Waker::wake);
    }

    /// Forgets a stream that was dropped.
    pub(crate) fn remove_stream(&self, queue: &Arc<StreamQueue>) {
        let mut inner = self.lock();
        let id = Arc::as_ptr(queue).cast::<()>();
        inner
            .streams
            .retain(|known| Arc::as_ptr(known).cast::<()>() != id);
        self.touch();
        let driver = inner.driver.take();
        drop(inner);
        driver.into_iter().for_each(Waker::wake);
    }
}

/// The events that stay.
pub(crate) struct Latched<'a> {
    pub(crate) open: Option<&'a OpenEvent>,
    pub(crate) error: Option<&'a ErrorEvent>,
    pub(crate) close: Option<&'a CloseEvent>,
}

impl Inner {
    /// Notes who waits; gives back the waker it replaces, to be dropped outside the lock.
    fn wait(&mut self, ticket: &mut Option<u64>, waker: &Waker) -> Option<Waker> {
        let last_ticket = &mut self.last_ticket;
        let ticket = *ticket.get_or_insert_with(|| {
            *last_ticket += 1;
            *last_ticket
        });
        match self.waiting.iter_mut().find(|(known, _)| *known == ticket) {
            Some((_, known)) if known.will_wake(waker) => None,
            Some((_, known)) => Some(std::mem::replace(known, waker.clone())),
            None => {
                self.waiting.push((ticket, waker.clone()));
                None
            }
        }
    }

    /// Takes the wakers of all that wait; wake them outside the lock.
    pub(super) fn take_wakers(&mut self) -> Vec<(u64, Waker)> {
        let mut wakers = std::mem::take(&mut self.waiting);
        self.take_consumers(&mut wakers);
        wakers
    }

    /// Takes the wakers of the streams' consumers.
    pub(super) fn take_consumers(&self, wakers: &mut Vec<(u64, Waker)>) {
        for stream in &self.streams {
            wakers.extend(stream.take_consumer().map(|waker| (0, waker)));
        }
    }

    /// Hands an event to every stream; wake their consumers afterwards, outside the lock.
    pub(super) fn publish(&self, event: &SocketEvent) {
        for stream in &self.streams {
            stream.push(event.clone());
        }
    }

    pub(super) fn buffer(&mut self, event: MessageEvent) {
        self.inbox_bytes += event.data.len();
        self.inbox.push_back(SocketEvent::Message(event));
    }

    pub(super) fn unbuffer(&mut self) -> Option<SocketEvent> {
        let event = self.inbox.pop_front()?;
        if let SocketEvent::Message(message) = &event {
            self.inbox_bytes -= message.data.len();
        }
        Some(event)
    }

    /// Whether a consumer is so far behind that reading should pause.
    pub(super) fn is_full(&self, limits: &Limits) -> bool {
        let inbox_full = self.inbox_bytes > limits.max_buffered_bytes
            || self.inbox.len() > limits.max_buffered_messages;
        inbox_full || self.streams.iter().any(|stream| stream.is_full(limits))
    }
}

impl fmt::Debug for Shared {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TaskCore")
            .field("socket_task_id", &self.id)
            .field("ready_state", &self.ready_state())
            .field("buffered_amount", &self.gauge.bytes())
            .finish_non_exhaustive()
    }
}
