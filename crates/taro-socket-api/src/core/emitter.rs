//! The adapter's side of the state machine.

use std::{
    sync::Arc,
    task::{Context, Poll},
};

use super::{Batch, Flow, Shared, inner::Inner};
use crate::{
    CloseCause, CloseEvent, Error, ErrorEvent, ErrorKind, Limits, Message, MessageEvent, OpenEvent,
    ReadyState, SocketEvent, SocketTaskId, maybe_send::Guard,
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

    /// The connection is open. Ignored unless the state is Connecting: a task closed meanwhile never opens.
    pub fn opened(&self, event: OpenEvent) {
        let mut inner = self.shared.lock();
        if self.shared.ready_state() != ReadyState::Connecting {
            return;
        }
        self.shared.set_state(ReadyState::Open);
        let event = SocketEvent::Open(event);
        inner.waiters.publish(&event);
        inner.open = Some(event);
        self.announce(inner);
    }

    /// Wakes all that wait, then tells the handlers.
    fn announce(&self, inner: Guard<'_, Inner>) {
        drop(inner);
        self.shared.wake_all();
        self.shared.dispatch();
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
        let mut inner = self.shared.lock();
        if self.shared.ready_state() != ReadyState::Open {
            return Flow::Continue;
        }
        let handled = inner.handlers.message.registered;
        let streamed = !inner.waiters.streams().is_empty();
        if streamed {
            inner.waiters.publish(&event);
        }
        if handled || !streamed {
            inner.buffer(event);
        }
        self.shared.touch();
        drop(inner);
        if handled {
            self.shared.dispatch();
        }
        match self.shared.lock().is_full(&self.shared.limits) {
            true => Flow::Pause,
            false => Flow::Continue,
        }
    }

    /// Wakes the streams that have something to take.
    pub fn wake_streams(&self) {
        self.shared.wake_streams();
    }

    /// For many messages in a row: handlers are looked up once, streams are locked once.
    #[must_use]
    pub fn batch(&self) -> Batch<'_> {
        Batch::new(&self.shared)
    }

    /// Whether there are streams.
    #[must_use]
    pub fn has_streams(&self) -> bool {
        !self.shared.lock().waiters.streams().is_empty()
    }

    /// Goes on after a handler that did not return, because its panic aborted the host's call.
    ///
    /// For hosts where panics cannot be caught and a call ends in an exception of the host: call it first in
    /// each of the host's events. That handler is gone, as if it had never been registered; everything else
    /// goes on. It must not be called below a handler.
    pub fn recover(&self) {
        let mut inner = self.shared.lock();
        if inner.dispatching {
            inner.dispatching = false;
            inner.handlers.forget_lost();
            self.shared.touch();
            drop(inner);
            self.shared.dispatch();
        }
    }

    /// The connection failed; [`closed`](Self::closed) must follow. The first error stands.
    ///
    /// The user is told together with the close. A failure that the user's own `close` caused while
    /// connecting is not an error and is not told.
    pub fn failed(&self, error: Error) {
        let mut inner = self.shared.lock();
        let given_up = inner.close_requested && inner.open.is_none();
        if self.shared.ready_state() == ReadyState::Closed || given_up {
            return;
        }
        self.shared.set_state(ReadyState::Closing);
        let event = || SocketEvent::Error(ErrorEvent::new(error));
        inner.error.get_or_insert_with(event);
    }

    /// As [`closed`](Self::closed), for a connection with sends under way: moves to Closing, then drops `unsent`,
    /// whose completions report `Aborted`, then tells the end. So whoever is told that a send failed finds the
    /// task no longer open, and no send is told after the end.
    pub fn closed_after<T>(&self, event: CloseEvent, unsent: T) {
        {
            let _inner = self.shared.lock();
            if self.shared.ready_state() < ReadyState::Closing {
                self.shared.set_state(ReadyState::Closing);
            }
        }
        drop(unsent);
        self.closed(event);
    }

    /// The connection has ended. Tells the error, if any, then the close; nothing follows.
    pub fn closed(&self, mut event: CloseEvent) {
        let mut inner = self.shared.lock();
        if self.shared.ready_state() == ReadyState::Closed {
            return;
        }
        event.requested = inner.close_requested;
        self.shared.set_state(ReadyState::Closed);
        if let Some(error) = &inner.error {
            inner.waiters.publish(error);
        }
        let event = SocketEvent::Close(event);
        inner.waiters.publish(&event);
        inner.close = Some(event);
        self.announce(inner);
    }

    /// Takes sent messages off the amount that waits: payload bytes and number of messages.
    pub fn sent(&self, bytes: u64, messages: u64) {
        self.shared.gauge.release(bytes, messages);
    }

    /// Ready while consumers keep up; otherwise `cx` is woken when one has caught up.
    pub fn poll_ready(&self, cx: &Context<'_>) -> Poll<()> {
        let mut inner = self.shared.lock();
        // After close was asked for, messages are dropped: reading on costs no memory.
        if self.shared.ready_state() != ReadyState::Open || !inner.is_full(&self.shared.limits) {
            return Poll::Ready(());
        }
        let outdated = inner.waiters.drive(cx.waker());
        drop(inner);
        drop(outdated);
        Poll::Pending
    }
}

impl Drop for Emitter {
    fn drop(&mut self) {
        if self.shared.ready_state() != ReadyState::Closed {
            self.failed(Error::new(
                ErrorKind::Aborted,
                "the connection was given up",
            ));
            self.closed(CloseEvent::abnormal(CloseCause::Transport));
        }
    }
}
