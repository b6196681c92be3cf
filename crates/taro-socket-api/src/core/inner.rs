//! What core, emitter, streams and futures of one task share.

use std::{
    collections::VecDeque,
    fmt,
    sync::{
        Arc,
        atomic::{AtomicU8, AtomicUsize, Ordering},
    },
    task::Waker,
};

use super::{
    dispatch::finish, gauge::Gauge, handlers::Handlers, stream_queue::StreamQueue,
    task_core::Acceptance, waiters::Waiters,
};
use crate::{
    CloseEvent, ErrorEvent, Limits, OpenEvent, ReadyState, SocketEvent, SocketTask, SocketTaskId,
    maybe_send::{Guard, Lock},
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
    inner: Lock<Inner>,
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
    /// The events that stay.
    pub(super) open: Option<SocketEvent>,
    pub(super) error: Option<SocketEvent>,
    pub(super) close: Option<SocketEvent>,
    /// Whether messages that nobody consumes are dropped.
    pub(super) ignores_messages: bool,
    /// Messages that nobody has consumed yet.
    pub(super) inbox: VecDeque<SocketEvent>,
    pub(super) inbox_bytes: usize,
    pub(super) waiters: Waiters,
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
            inner: Lock::default(),
        })
    }

    /// The lock. A panic of the user's code cannot poison it, for none runs under it.
    pub(super) fn lock(&self) -> Guard<'_, Inner> {
        self.inner.lock()
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
        let value = ready(inner.latched());
        let outdated = match value {
            Some(_) => None,
            None => inner.waiters.wait(ticket, waker),
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
        let gone = self.lock().waiters.stop_waiting(ticket);
        drop(gone);
    }

    /// Forgets a stream that was dropped.
    pub(crate) fn remove_stream(&self, queue: &Arc<StreamQueue>) {
        let mut inner = self.lock();
        inner.waiters.remove(queue);
        self.touch();
        drop(inner);
        self.wake_driver();
    }
}

/// The events that stay.
pub(crate) struct Latched<'a> {
    pub(crate) open: Option<&'a OpenEvent>,
    pub(crate) error: Option<&'a ErrorEvent>,
    pub(crate) close: Option<&'a CloseEvent>,
}

impl Inner {
    pub(super) fn latched(&self) -> Latched<'_> {
        Latched {
            open: match &self.open {
                Some(SocketEvent::Open(open)) => Some(open),
                _ => None,
            },
            error: match &self.error {
                Some(SocketEvent::Error(error)) => Some(error),
                _ => None,
            },
            close: match &self.close {
                Some(SocketEvent::Close(close)) => Some(close),
                _ => None,
            },
        }
    }

    /// Keeps a message until it is consumed.
    pub(super) fn buffer(&mut self, event: SocketEvent) {
        self.inbox_bytes += weight(&event);
        self.inbox.push_back(event);
    }

    pub(super) fn unbuffer(&mut self) -> Option<SocketEvent> {
        let event = self.inbox.pop_front()?;
        self.inbox_bytes -= weight(&event);
        Some(event)
    }

    /// Whether a consumer is so far behind that reading should pause.
    pub(super) fn is_full(&self, limits: &Limits) -> bool {
        let inbox_full = self.inbox_bytes > limits.max_buffered_bytes
            || self.inbox.len() > limits.max_buffered_messages;
        inbox_full || self.waiters.is_full(limits)
    }
}

/// Payload bytes.
fn weight(event: &SocketEvent) -> usize {
    match event {
        SocketEvent::Message(message) => message.data.len(),
        _ => 0,
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
