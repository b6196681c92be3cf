//! What core, emitter, streams and futures of one task share.

use std::{
    collections::VecDeque,
    fmt, mem,
    sync::Arc,
    task::{Poll, Waker},
    time::Duration,
};

use super::{
    Flow, acceptance::Acceptance, gauge::Gauge, handlers::Handlers, stream_queue::StreamQueue,
    waiters::Waiters,
};
use crate::{
    CloseEvent, ErrorEvent, Limits, OpenEvent, ReadyState, SocketEvent, SocketTask, SocketTaskId,
    after::After,
    callback::Report,
    maybe_send::{
        Lock,
        atomic::{AtomicU8, AtomicU32, AtomicUsize, Ordering},
    },
};

pub(crate) struct Shared {
    pub(crate) id: SocketTaskId,
    pub(super) limits: Limits,
    pub(super) acceptance: Acceptance,
    pub(super) gauge: Box<dyn Gauge>,
    /// Mirror of the state, so that reading it takes no lock.
    pub(super) state: AtomicU8,
    /// Counts, under the lock, the changes after which a running batch must look again.
    changes: AtomicUsize,
    /// The latest round trip in microseconds, 0 before one.
    round_trip: AtomicU32,
    inner: Lock<Inner>,
}

/// All that is changed under the lock.
#[derive(Default)]
pub(super) struct Inner {
    /// Whether somebody is calling handlers; then everybody else only adds to the state.
    pub(super) dispatching: bool,
    pub(super) close_requested: bool,
    /// Whether the connection has ended, though it is not told yet: whoever asks for that now comes too late.
    pub(super) end_has_come: bool,
    /// That end, until it is told.
    pub(super) end: Option<CloseEvent>,
    /// Whether the adapter was asked for the closing handshake.
    pub(super) close_begun: bool,
    pub(super) handlers: Handlers,
    /// Reports of sends and closes that are still to be told.
    pub(super) reports: VecDeque<Report>,
    /// The events that stay.
    pub(super) open: Option<SocketEvent>,
    pub(super) error: Option<SocketEvent>,
    pub(super) close: Option<SocketEvent>,
    /// Whether handlers have been told the close, so that streams and futures may learn of it.
    pub(super) ended: bool,
    /// Whether messages that nobody consumes are dropped.
    pub(super) ignores_messages: bool,
    /// Messages that nobody has consumed yet.
    inbox: VecDeque<SocketEvent>,
    inbox_bytes: usize,
    pub(super) waiters: Waiters,
    /// The task itself, after `detach`.
    pub(super) detached: Option<Arc<dyn SocketTask>>,
}

impl Shared {
    #[allow(
        clippy::arc_with_non_send_sync,
        reason = "handlers need not be Send where there are no threads"
    )]
    pub(super) fn new(limits: Limits, acceptance: Acceptance, gauge: Box<dyn Gauge>) -> Arc<Self> {
        Arc::new(Self {
            id: SocketTaskId::next(),
            limits,
            acceptance,
            gauge,
            state: AtomicU8::new(ReadyState::Connecting.code()),
            changes: AtomicUsize::new(0),
            round_trip: AtomicU32::new(0),
            inner: Lock::default(),
        })
    }

    /// The only way to the state; see [`Lock::change`].
    pub(super) fn change<R>(&self, change: impl FnOnce(&mut Inner, &mut After) -> R) -> R {
        self.inner.change(change)
    }

    pub(super) fn ready_state(&self) -> ReadyState {
        ReadyState::from_code(self.state.load(Ordering::Acquire))
    }

    /// Changes the state; call it within a change.
    pub(super) fn set_state(&self, state: ReadyState) {
        self.state.store(state.code(), Ordering::Release);
        self.touch();
    }

    /// Makes running batches look again; call it within a change.
    pub(super) fn touch(&self) {
        self.changes.fetch_add(1, Ordering::Release);
    }

    pub(super) fn changes(&self) -> usize {
        self.changes.load(Ordering::Acquire)
    }

    pub(super) fn set_round_trip(&self, took: Duration) {
        let micros = u32::try_from(took.as_micros()).unwrap_or(u32::MAX);
        self.round_trip.store(micros.max(1), Ordering::Relaxed);
    }

    pub(super) fn round_trip(&self) -> Option<Duration> {
        match self.round_trip.load(Ordering::Relaxed) {
            0 => None,
            micros => Some(Duration::from_micros(micros.into())),
        }
    }

    /// Calls `ready` with what is latched; while it gives `None`, `waker` is woken by open and close.
    ///
    /// `ticket` is the caller's place among those that wait; hand it to [`stop_waiting`](Self::stop_waiting) at the end.
    pub(crate) fn poll_latched<T>(
        &self,
        ticket: &mut Option<u64>,
        waker: &Waker,
        ready: fn(Latched<'_>) -> Option<T>,
    ) -> Poll<T> {
        let (value, known) = self.change(|inner, _| {
            let known = inner.waiters.knows(*ticket, waker);
            (ready(inner.latched()), known)
        });
        match value {
            Some(value) => return Poll::Ready(value),
            None if known => return Poll::Pending,
            None => {}
        }
        // Cloning it runs the executor's code.
        let waker = waker.clone();
        self.change(|inner, after| match ready(inner.latched()) {
            Some(value) => {
                after.discard(waker);
                Poll::Ready(value)
            }
            None => {
                inner.waiters.wait(ticket, waker, after);
                Poll::Pending
            }
        })
    }

    /// A future that waited is gone.
    pub(crate) fn stop_waiting(&self, ticket: Option<u64>) {
        if let Some(ticket) = ticket {
            self.change(|inner, after| inner.waiters.stop_waiting(ticket, after));
        }
    }

    /// Forgets a stream that was dropped.
    pub(crate) fn remove_stream(&self, queue: &Arc<StreamQueue>) {
        self.change(|inner, after| {
            inner.waiters.remove(queue, after);
            self.touch();
            inner.waiters.wake_driver(after);
        });
    }

    /// A consumer has taken what waited: lets the adapter's driver read on.
    pub(crate) fn wake_driver(&self) {
        self.change(|inner, after| inner.waiters.wake_driver(after));
    }
}

/// The events that stay, as far as streams and futures may know of them.
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
                Some(SocketEvent::Close(close)) if self.ended => Some(close),
                _ => None,
            },
        }
    }

    /// Whether the end was asked for before the connection was open or had failed: then no failure is told.
    pub(super) fn is_given_up(&self) -> bool {
        self.close_requested && self.open.is_none() && self.error.is_none()
    }

    /// Whether there is a message handler or a stream.
    pub(super) fn is_consumed(&self) -> bool {
        self.handlers.takes_messages() || !self.waiters.streams().is_empty()
    }

    /// Keeps a message until it is consumed, unless nobody wants it.
    pub(super) fn buffer(&mut self, event: SocketEvent, after: &mut After) {
        if self.ignores_messages && !self.is_consumed() {
            return after.discard(event);
        }
        self.inbox_bytes += weight(&event);
        self.inbox.push_back(event);
    }

    pub(super) fn unbuffer(&mut self) -> Option<SocketEvent> {
        let event = self.inbox.pop_front()?;
        self.inbox_bytes -= weight(&event);
        Some(event)
    }

    /// Drops what is buffered.
    pub(super) fn forget_messages(&mut self, after: &mut After) {
        self.inbox_bytes = 0;
        after.discard(mem::take(&mut self.inbox));
    }

    /// Whether reading may go on.
    pub(super) fn flow(&self, limits: &Limits, after: &mut After) -> Flow {
        let inbox_full = self.inbox_bytes > limits.max_buffered_bytes
            || self.inbox.len() > limits.max_buffered_messages;
        if inbox_full && !self.is_consumed() {
            Flow::Overflow
        } else if inbox_full || self.waiters.is_full(limits, after) {
            Flow::Pause
        } else {
            Flow::Continue
        }
    }

    /// Handlers have been told all: lets the driver read on, and completes the end. Streams and futures learn of
    /// that now. Handlers are dropped, so that one that holds its own task makes no lasting cycle.
    pub(super) fn settle(&mut self, after: &mut After) {
        self.waiters.wake_driver(after);
        let Some(close) = &self.close else {
            return;
        };
        if !mem::replace(&mut self.ended, true) {
            if let Some(error) = &self.error {
                self.waiters.publish(error, after);
            }
            self.waiters.publish(close, after);
            self.waiters.wake_streams(after);
            self.waiters.wake_futures(after);
            self.waiters.forget_streams(after);
        }
        after.discard(mem::take(&mut self.handlers));
        after.discard_some(self.detached.take());
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
