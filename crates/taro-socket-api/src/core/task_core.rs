//! The task's side of the state machine.

use std::{sync::Arc, time::Duration};

use super::{
    Acceptance, Emitter, Handler, On, Shared, StreamQueue,
    dispatch::dispatch,
    gauge::{Counter, Gauge, Meter},
    handlers::Slot,
    inner::Inner,
    stream_queue::Subscriber as _,
};
use crate::{
    Error, ErrorKind, HostSocket, Limits, ReadyState, Result, SocketTask, SocketTaskId,
    after::After,
};

/// State, handlers, streams and admission of one task.
///
/// For adapter authors: make one with [`new`](Self::new), keep it in the task, and give it out in
/// [`SocketTask::core`].
#[derive(Clone, Debug)]
pub struct TaskCore {
    shared: Arc<Shared>,
}

impl TaskCore {
    /// A task in state Connecting, with a new [`SocketTaskId`], and the emitter that reports to it.
    #[must_use]
    pub fn new(limits: Limits, acceptance: Acceptance) -> (Self, Emitter) {
        Self::with_gauge(limits, acceptance, Box::new(Counter::default()))
    }

    /// A task as [`new`](Self::new) makes it, on a host that queues by itself: `buffered_amount` is the host's,
    /// and [`Emitter::sent`] has no effect.
    #[must_use]
    pub fn over(limits: Limits, acceptance: Acceptance, host: impl HostSocket) -> (Self, Emitter) {
        Self::with_gauge(limits, acceptance, Box::new(Meter::new(host)))
    }

    /// What [`over`](Self::over) was given.
    #[must_use]
    pub fn host_socket(&self) -> Option<&dyn HostSocket> {
        self.shared.gauge.host()
    }

    fn with_gauge(
        limits: Limits,
        acceptance: Acceptance,
        gauge: Box<dyn Gauge>,
    ) -> (Self, Emitter) {
        let shared = Shared::new(limits, acceptance, gauge);
        let emitter = Emitter::new(Arc::clone(&shared));
        (Self { shared }, emitter)
    }

    pub(crate) fn shared(&self) -> &Arc<Shared> {
        &self.shared
    }

    pub(crate) fn socket_task_id(&self) -> SocketTaskId {
        self.shared.id
    }

    pub(crate) fn ready_state(&self) -> ReadyState {
        self.shared.ready_state()
    }

    pub(crate) fn protocol(&self) -> Option<String> {
        self.shared
            .change(|inner, _| inner.latched().open?.protocol.clone())
    }

    pub(crate) fn round_trip(&self) -> Option<Duration> {
        self.shared.round_trip()
    }

    pub(crate) fn buffered_amount(&self) -> u64 {
        self.shared.gauge.bytes()
    }

    /// Lets a message in: the payload bytes that now wait, or why it is refused.
    /// The flag says whether `send().await` may resolve at once.
    #[inline]
    pub(crate) fn admit(&self, bytes: usize) -> Result<bool> {
        let shared = &*self.shared;
        let limits = &shared.limits;
        let state = shared.ready_state();
        if state == ReadyState::Open {
            let (max_bytes, max_count) = (limits.max_queued_bytes, limits.max_queued_messages);
            let admitted = shared
                .gauge
                .admit(bytes, max_bytes as u64, max_count as u64);
            if let Some(waiting) = admitted {
                let low = waiting <= limits.send_low_water_bytes as u64;
                return Ok(low && shared.acceptance == Acceptance::Queued);
            }
        }
        Err(refusal(state, bytes, limits))
    }

    /// Moves to Closing; `false` if that has happened before.
    ///
    /// For adapter authors: call it when the last handle is dropped, and close if it gives `true`.
    #[must_use]
    pub fn request_close(&self) -> bool {
        self.shared.change(|inner, after| {
            let first = self.move_to_closing(inner, after);
            inner.close_begun |= first;
            first
        })
    }

    fn move_to_closing(&self, inner: &mut Inner, after: &mut After) -> bool {
        let first = self.shared.ready_state() < ReadyState::Closing;
        // Also between an error and its close: whoever has asked by then wants no other connection.
        inner.close_requested |= !inner.end_has_come;
        if first {
            self.shared.set_state(ReadyState::Closing);
            // A driver that waits for room need not wait any more: what comes now is dropped.
            inner.waiters.wake_driver(after);
        }
        first
    }

    /// Notes that this side wants the end now; whether there is still something to end.
    pub(crate) fn request_abort(&self) -> bool {
        self.shared.change(|inner, after| {
            self.move_to_closing(inner, after);
            self.shared.ready_state() != ReadyState::Closed
        })
    }

    /// Whether the closing handshake has not been begun; then it is from here on.
    pub(crate) fn begin_close(&self) -> bool {
        self.shared
            .change(|inner, _| !std::mem::replace(&mut inner.close_begun, true))
    }

    /// Whether there is anything that could leave.
    pub(crate) fn may_flush(&self) -> Result<()> {
        match self.shared.ready_state() {
            ReadyState::Open | ReadyState::Closing => Ok(()),
            state => Err(not_open(state)),
        }
    }

    /// Drops messages that nobody consumes, now and from here on.
    pub(crate) fn ignore_messages(&self) {
        self.shared.change(|inner, after| {
            inner.ignores_messages = true;
            if !inner.is_consumed() {
                inner.forget_messages(after);
            }
            self.shared.touch();
            inner.waiters.wake_driver(after);
        });
    }

    /// Registers the handler of one event; it replaces the one before.
    pub(crate) fn on(&self, on: On, handler: Handler) {
        let fresh = Slot {
            registered: true,
            handler: Some(handler),
            told: false,
        };
        self.shared.change(|inner, after| {
            after.discard(std::mem::replace(inner.handlers.slot(on), fresh));
            self.shared.touch();
        });
        dispatch(&self.shared);
    }

    /// A queue that starts with what is latched and buffered.
    #[allow(
        clippy::arc_with_non_send_sync,
        reason = "events need not be Send where there are no threads"
    )]
    pub(crate) fn subscribe(&self) -> Arc<StreamQueue> {
        let queue = Arc::new(StreamQueue::default());
        self.shared.change(|inner, after| {
            if let Some(open) = &inner.open {
                queue.push(open.clone(), after);
            }
            // A handler that is draining the inbox keeps it: it was there first.
            if !inner.handlers.takes_messages() {
                while let Some(event) = inner.unbuffer() {
                    queue.push(event, after);
                }
            }
            if inner.ended {
                for event in inner.error.iter().chain(&inner.close) {
                    queue.push(event.clone(), after);
                }
            } else {
                inner.waiters.add(Arc::clone(&queue));
            }
            self.shared.touch();
            // What was buffered in the core has moved: the driver may have room again.
            inner.waiters.wake_driver(after);
        });
        queue
    }

    /// Keeps `task` alive until the connection ends.
    pub(crate) fn detach(&self, task: Arc<dyn SocketTask>) {
        self.shared.change(|inner, after| match inner.close {
            None => after.discard_some(inner.detached.replace(task)),
            Some(_) => after.discard(task),
        });
    }
}

/// Why a message is not let in.
#[cold]
fn refusal(state: ReadyState, bytes: usize, limits: &Limits) -> Error {
    match state {
        ReadyState::Open => queue_full(bytes, limits),
        state => not_open(state),
    }
}

fn not_open(state: ReadyState) -> Error {
    let text = match state {
        ReadyState::Connecting => "the task is CONNECTING, not OPEN: await `opened()` first",
        ReadyState::Open | ReadyState::Closing => "the task is CLOSING, not OPEN",
        ReadyState::Closed => "the task is CLOSED, not OPEN",
    };
    Error::new(ErrorKind::InvalidState, text).in_api("sendSocketMessage")
}

/// Waiting helps only a message that an empty queue would take.
fn queue_full(bytes: usize, limits: &Limits) -> Error {
    let text = if bytes > limits.max_queued_bytes {
        "the message is larger than Limits::max_queued_bytes: raise that limit, or send less at a time"
    } else if limits.max_queued_messages == 0 {
        "Limits::max_queued_messages is 0: raise that limit"
    } else {
        "the send queue is full (Limits::max_queued_bytes, max_queued_messages): await `send()`"
    };
    Error::new(ErrorKind::LimitExceeded, text).in_api("sendSocketMessage")
}
