//! The adapter's side of the state machine.

use std::{
    mem,
    sync::Arc,
    task::{Context, Poll},
    time::Duration,
};

use super::{
    Batch, Flow, Shared,
    dispatch::{dispatch, drain},
    inner::Inner,
};
use crate::{
    CloseCause, CloseEvent, Error, ErrorEvent, ErrorKind, Limits, Message, MessageEvent, OpenEvent,
    ReadyState, SocketEvent, SocketTaskId, after::After, maybe_send::UNWINDS,
};

/// Reports what the host says about one connection.
///
/// For adapter authors: report [`opened`](Self::opened), [`message`](Self::message) or
/// [`batch`](Self::batch), [`failed`](Self::failed) and [`closed`](Self::closed) as the host does; what comes
/// twice or too late is ignored. Every method may run the user's handlers, so hold no lock and no borrow of
/// your own. Dropped before `closed`, it reports `Aborted` and a close of 1006.
#[derive(Debug)]
pub struct Emitter {
    shared: Arc<Shared>,
}

impl Emitter {
    pub(super) fn new(shared: Arc<Shared>) -> Self {
        Self { shared }
    }

    /// The id of the task reported to.
    #[must_use]
    pub fn socket_task_id(&self) -> SocketTaskId {
        self.shared.id
    }

    /// The state of the task reported to.
    #[must_use]
    pub fn ready_state(&self) -> ReadyState {
        self.shared.ready_state()
    }

    /// The bounds of the connection.
    #[must_use]
    pub fn limits(&self) -> &Limits {
        &self.shared.limits
    }

    /// A Ping of this side was answered after so long.
    pub fn answered(&self, round_trip: Duration) {
        self.shared.set_round_trip(round_trip);
    }

    /// The connection is open. Ignored, with `false`, unless the state is Connecting: a task closed meanwhile never
    /// opens.
    pub fn opened(&self, event: OpenEvent) -> bool {
        let event = SocketEvent::Open(event);
        let opens = self.shared.change(|inner, after| {
            if self.shared.ready_state() != ReadyState::Connecting {
                after.discard(event);
                return false;
            }
            self.shared.set_state(ReadyState::Open);
            inner.waiters.publish(&event, after);
            inner.open = Some(event);
            inner.waiters.wake_streams(after);
            inner.waiters.wake_futures(after);
            true
        });
        dispatch(&self.shared);
        opens
    }

    /// A message has arrived. Ignored unless the state is Open (WHATWG WebSockets §4, "when a message has been received").
    pub fn message(&self, message: impl Into<Message>) -> Flow {
        let flow = self.message_quietly(message);
        self.wake_streams();
        flow
    }

    /// As [`message`](Self::message), but streams are not woken: call [`wake_streams`](Self::wake_streams)
    /// soon. For hosts where a wake-up costs more than a message.
    pub fn message_quietly(&self, message: impl Into<Message>) -> Flow {
        let event = SocketEvent::Message(MessageEvent::new(message));
        let handled = self
            .shared
            .change(|inner, after| self.receive(event, inner, after));
        if handled {
            dispatch(&self.shared);
        }
        // A handler may have closed meanwhile.
        self.flow()
    }

    /// Gives a message to streams and inbox; whether there is a handler to be told.
    fn receive(&self, event: SocketEvent, inner: &mut Inner, after: &mut After) -> bool {
        if self.shared.ready_state() != ReadyState::Open {
            after.discard(event);
            return false;
        }
        let handled = inner.handlers.takes_messages();
        let streamed = !inner.waiters.streams().is_empty();
        if streamed {
            inner.waiters.publish(&event, after);
        }
        if handled || !streamed {
            inner.buffer(event, after);
        } else {
            after.discard(event);
        }
        self.shared.touch();
        handled
    }

    /// Wakes the streams that have something to take.
    pub fn wake_streams(&self) {
        self.shared
            .change(|inner, after| inner.waiters.wake_streams(after));
    }

    /// For many messages in a row: handlers are looked up once, streams are locked once.
    #[must_use]
    pub fn batch(&self) -> Batch<'_> {
        Batch::new(&self.shared)
    }

    /// Whether there are streams.
    #[must_use]
    pub fn has_streams(&self) -> bool {
        self.shared
            .change(|inner, _| !inner.waiters.streams().is_empty())
    }

    /// Goes on after a handler that did not return, because its panic aborted the host's call.
    ///
    /// For hosts where panics cannot be caught and a call ends in an exception of the host: call it first in
    /// each of the host's events, but not in one that the host tells before a call of ours has returned, which
    /// may stand below a handler. That handler is gone, as if it had never been registered; everything else
    /// goes on. Where panics unwind it has no effect, for there handlers always return.
    pub fn recover(&self) {
        if UNWINDS {
            return;
        }
        let lost = self.shared.change(|inner, _| {
            let lost = inner.dispatching;
            if lost {
                inner.dispatching = false;
                inner.handlers.forget_lost();
                self.shared.touch();
            }
            lost
        });
        if lost {
            dispatch(&self.shared);
            self.finish_end();
        }
    }

    /// The connection failed; [`closed`](Self::closed) must follow. The first error stands.
    ///
    /// The user is told together with the close. A failure that the user's own `close` caused while
    /// connecting is not an error and is not told.
    pub fn failed(&self, error: Error) {
        let event = SocketEvent::Error(ErrorEvent::new(error));
        self.shared.change(|inner, after| {
            if self.shared.ready_state() == ReadyState::Closed || inner.is_given_up() {
                return after.discard(event);
            }
            self.shared.set_state(ReadyState::Closing);
            match inner.error {
                None => inner.error = Some(event),
                Some(_) => after.discard(event),
            }
        });
    }

    /// As [`closed`](Self::closed), for a connection with sends under way: moves to Closing, then drops `unsent`,
    /// whose completions report `Aborted`, then tells the end. So whoever is told that a send failed finds the
    /// task no longer open, and no send is told after the end.
    ///
    /// Where a panic ends the host's call meanwhile, [`recover`](Self::recover) goes on with the end.
    pub fn closed_after<T>(&self, event: CloseEvent, unsent: T) {
        let free = self.begin_end(event);
        // All reports are on the list before one is told: none is lost with one that does not return.
        drop(unsent);
        if free {
            drain(&self.shared, None);
        }
        self.finish_end();
    }

    /// The connection has ended; nothing follows. Tells handlers the error, if any, then the close; then streams
    /// get both, and those who wait learn of the end.
    ///
    /// Whatever the host says, a connection whose end was asked for before it was open ends with 1006 and
    /// [`CloseCause::Local`].
    pub fn closed(&self, event: CloseEvent) {
        self.closed_after(event, ());
    }

    /// Moves to Closing and keeps the end, unless there was one before; whether nobody is calling handlers, which is
    /// the caller's turn then.
    fn begin_end(&self, event: CloseEvent) -> bool {
        self.shared.change(|inner, _| {
            if !mem::replace(&mut inner.end_has_come, true) {
                inner.end = Some(event);
            }
            if self.shared.ready_state() < ReadyState::Closing {
                self.shared.set_state(ReadyState::Closing);
            }
            !mem::replace(&mut inner.dispatching, true)
        })
    }

    /// Tells the end, unless that has been done.
    fn finish_end(&self) {
        self.shared.change(|inner, _| {
            if let Some(mut event) = inner.end.take() {
                self.shared.set_state(ReadyState::Closed);
                if inner.is_given_up() {
                    event.give_up();
                }
                event.requested = inner.close_requested;
                inner.close = Some(SocketEvent::Close(event));
            }
        });
        dispatch(&self.shared);
    }

    /// Takes sent messages off the amount that waits: payload bytes and number of messages.
    pub fn sent(&self, bytes: u64, messages: u64) {
        self.shared.gauge.release(bytes, messages);
    }

    /// Whether to read on as things stand now. A [`Flow`] that was told before may be out of date: a consumer may have
    /// come since, or caught up.
    pub fn flow(&self) -> Flow {
        self.shared
            .change(|inner, after| self.flow_of(inner, after))
    }

    fn flow_of(&self, inner: &Inner, after: &mut After) -> Flow {
        match self.shared.ready_state() {
            ReadyState::Open => inner.flow(&self.shared.limits, after),
            // After close was asked for, messages are dropped: reading on costs no memory.
            _ => Flow::Continue,
        }
    }

    /// Ready while consumers keep up; otherwise `cx` is woken when one has caught up.
    pub fn poll_ready(&self, cx: &Context<'_>) -> Poll<()> {
        let (ready, known) = self.shared.change(|inner, after| {
            let ready = self.may_read(inner, after);
            (ready, inner.waiters.knows_driver(cx.waker()))
        });
        if ready {
            return Poll::Ready(());
        }
        if known {
            return Poll::Pending;
        }
        // Cloning it runs the executor's code.
        let waker = cx.waker().clone();
        self.shared.change(|inner, after| {
            if self.may_read(inner, after) {
                after.discard(waker);
                return Poll::Ready(());
            }
            inner.waiters.drive(waker, after);
            Poll::Pending
        })
    }

    /// Reading on costs no memory where nobody is there to wait for: the next message finds that out.
    fn may_read(&self, inner: &Inner, after: &mut After) -> bool {
        self.flow_of(inner, after) != Flow::Pause
    }
}

impl Drop for Emitter {
    fn drop(&mut self) {
        if self.shared.ready_state() != ReadyState::Closed {
            self.failed(Error::new(
                ErrorKind::Aborted,
                "what ran the connection has ended, for example its runtime: keep that as long as its tasks",
            ));
            self.closed(CloseEvent::abnormal(CloseCause::Transport));
        }
    }
}
