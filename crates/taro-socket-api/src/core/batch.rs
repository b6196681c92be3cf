//! Many messages in a row.

use std::{fmt, sync::Arc, task::Waker};

use super::{
    Shared,
    dispatch::{call_handler, dispatch, drain, hand_back, tell},
    handlers::{Handler, On},
    inner::Inner,
    stream_queue::Subscriber,
};
use crate::{Message, MessageEvent, ReadyState, SocketEvent, maybe_send::Guard};

/// Whether the adapter should go on reading.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use = "reading on while a consumer is behind fills memory"]
#[non_exhaustive]
pub enum Flow {
    /// Read on.
    Continue,
    /// Streams have got much to take: let them have their turn before reading on, where that is possible.
    /// What is taken soon is still in the caches, and its memory can be used again.
    Yield,
    /// The message was kept, but a consumer is behind: wait for [`Emitter::poll_ready`](super::Emitter::poll_ready),
    /// or fail the connection with `LimitExceeded` where the host cannot wait.
    Pause,
    /// As many messages wait as may, and nobody consumes any: fail the connection with
    /// [`overflow`](crate::adapter::overflow), also where the host can wait.
    Overflow,
}

/// Payload bytes handed to streams at once after which they should have their turn: 32 KiB.
const MUCH: usize = 32 << 10;

/// Messages that arrived together.
///
/// While it lives it is the one that calls handlers, so it must not be kept across a wait, and it must be
/// finished before the same thread reports anything else.
pub struct Batch<'a> {
    shared: &'a Shared,
    /// Whether this batch calls the handlers; otherwise somebody else is at it.
    owner: bool,
    view: View,
    /// The message handler, taken out of its slot for the time of the batch.
    handler: Option<Handler>,
    /// Messages for the streams, or for the inbox, that are not handed over yet.
    staged: Vec<MessageEvent>,
    /// What the last hand-over told.
    flow: Flow,
}

/// What stood under the lock when this batch last looked: it decides where staged messages go.
#[derive(Default)]
struct View {
    changes: usize,
    open: bool,
    /// Whether there is a message handler, here or in its slot.
    handled: bool,
    streams: Vec<Arc<dyn Subscriber>>,
}

impl<'a> Batch<'a> {
    pub(super) fn new(shared: &'a Shared) -> Self {
        let mut batch = Self {
            shared,
            owner: false,
            view: View::default(),
            handler: None,
            staged: Vec::new(),
            flow: Flow::Continue,
        };
        let mut inner = shared.lock();
        batch.owner = !inner.dispatching;
        inner.dispatching = true;
        batch.look(inner);
        batch
    }

    /// A message has arrived. Ignored unless the state is Open.
    pub fn message(&mut self, message: impl Into<Message>) -> Flow {
        self.keep_up();
        if self.view.open {
            self.deliver(MessageEvent::new(message));
            // What the handler caused is told before the next message.
            self.keep_up();
        }
        self.flow
    }

    fn keep_up(&mut self) {
        if self.shared.changes() != self.view.changes {
            self.flush();
            let inner = self.hand_back();
            self.look(inner);
        }
    }

    fn deliver(&mut self, event: MessageEvent) {
        if self.handler.is_none() {
            self.staged.push(event);
            return self.flush_if_many();
        }
        if !self.view.streams.is_empty() {
            // The streams come first: the handler may cause events that must follow this one.
            self.staged.push(event.clone());
            self.flush();
        }
        if let Some(handler) = &mut self.handler {
            call_handler(handler, SocketEvent::Message(event));
        }
    }

    /// Looking at the bounds takes a lock, so it is done once for many small messages.
    fn flush_if_many(&mut self) {
        let large = |event: &MessageEvent| event.data.len() >= 4096;
        if self.staged.len() >= 256 || self.staged.last().is_some_and(large) {
            self.flush();
        }
    }

    /// Hands everything over and tells whether to read on.
    pub fn finish(mut self) -> Flow {
        self.flush();
        self.flow
    }

    /// Tells the handlers what happened meanwhile, then looks at state, handler and streams.
    fn look(&mut self, mut inner: Guard<'a, Inner>) {
        if self.owner {
            inner = tell(self.shared, inner);
            self.handler = inner.handlers.message.handler.take();
        }
        self.view.changes = self.shared.changes();
        self.view.open = self.shared.ready_state() == ReadyState::Open;
        self.view.handled = inner.handlers.message.registered;
        self.view.streams.clone_from(inner.waiters.streams());
    }

    /// Puts the handler back into its slot, unless another was registered meanwhile.
    fn hand_back(&mut self) -> Guard<'a, Inner> {
        match self.handler.take() {
            Some(handler) => hand_back(self.shared, On::Message, handler),
            None => self.shared.lock(),
        }
    }

    /// Hands the staged messages over.
    fn flush(&mut self) {
        if self.staged.is_empty() {
            return;
        }
        let mut inner = self.shared.lock();
        if self.view.streams.is_empty() && !self.view.handled {
            // What nobody has consumed goes to those who came meanwhile.
            self.view.handled = inner.handlers.message.registered;
            self.view.streams.clone_from(inner.waiters.streams());
        }
        let elsewhere = self.view.handled && self.handler.is_none();
        let nobody = !self.view.handled && self.view.streams.is_empty();
        if elsewhere || nobody {
            let staged = self.staged.iter().cloned();
            staged.for_each(|event| inner.buffer(SocketEvent::Message(event)));
            self.shared.touch();
        }
        let bytes: usize = self.staged.iter().map(|event| event.data.len()).sum();
        let much = bytes >= MUCH && !self.view.streams.is_empty();
        if let Some((last, others)) = self.view.streams.split_last() {
            for stream in others {
                stream.extend(&mut self.staged.iter().cloned());
            }
            last.extend(&mut self.staged.drain(..));
        }
        self.staged.clear();
        self.flow = if inner.is_full(&self.shared.limits) {
            Flow::Pause
        } else if much {
            Flow::Yield
        } else {
            Flow::Continue
        };
        drop(inner);
        let consumers = self
            .view
            .streams
            .iter()
            .filter_map(|stream| stream.take_consumer());
        consumers.for_each(Waker::wake);
    }
}

impl Drop for Batch<'_> {
    fn drop(&mut self) {
        self.flush();
        if self.owner {
            let inner = self.hand_back();
            drain(self.shared, inner);
        } else {
            // Whoever was calling handlers may have finished before this batch handed its messages over.
            dispatch(self.shared);
        }
    }
}

impl fmt::Debug for Batch<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Batch")
            .field("staged", &self.staged.len())
            .field("flow", &self.flow)
            .finish_non_exhaustive()
    }
}
