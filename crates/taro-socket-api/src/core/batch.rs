//! Many messages in a row.

use std::{fmt, mem, sync::Arc};

use super::{
    Shared,
    dispatch::{call_handler, dispatch, drain, tell},
    handlers::{Handler, On},
    inner::Inner,
    stream_queue::Subscriber,
};
use crate::{Message, MessageEvent, ReadyState, SocketEvent, after::After};

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
    /// [`overflow`](crate::adapter::overflow), also where the host can wait. Who does so later looks at
    /// [`Emitter::flow`](super::Emitter::flow) first.
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
        let owner = shared.change(|inner, _| !mem::replace(&mut inner.dispatching, true));
        let mut batch = Self {
            shared,
            owner,
            view: View::default(),
            handler: None,
            staged: Vec::new(),
            flow: Flow::Continue,
        };
        batch.look();
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
            self.look();
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
    fn look(&mut self) {
        let handler = self.handler.take().map(|handler| (On::Message, handler));
        let owner = self.owner;
        let mut view = mem::take(&mut self.view);
        let mut see = |inner: &mut Inner| {
            view.changes = self.shared.changes();
            view.open = self.shared.ready_state() == ReadyState::Open;
            view.handled = inner.handlers.takes_messages();
            // Dropping a stream runs foreign code, so the old ones go when the lock is free again.
            let streams = inner.waiters.streams().to_vec();
            (
                mem::replace(&mut view.streams, streams),
                owner.then(|| inner.handlers.slot(On::Message).handler.take()),
            )
        };
        let (outdated, handler) = if owner {
            tell(self.shared, handler, |inner, _| see(inner))
        } else {
            self.shared.change(|inner, _| see(inner))
        };
        drop(outdated);
        self.handler = handler.flatten();
        self.view = view;
        if !self.view.open {
            // Whatever was full before, nothing is kept any more.
            self.flow = Flow::Continue;
        }
    }

    /// Hands the staged messages over.
    fn flush(&mut self) {
        if self.staged.is_empty() {
            return;
        }
        let bytes: usize = self.staged.iter().map(|event| event.data.len()).sum();
        let shared = self.shared;
        self.flow = shared.change(|inner, after| {
            self.hand_over(inner, after);
            match inner.flow(&shared.limits, after) {
                _ if shared.ready_state() != ReadyState::Open => Flow::Continue,
                Flow::Continue if bytes >= MUCH && !self.view.streams.is_empty() => Flow::Yield,
                flow => flow,
            }
        });
        // What was not moved.
        self.staged.clear();
    }

    fn hand_over(&mut self, inner: &mut Inner, after: &mut After) {
        if self.view.streams.is_empty() && !self.view.handled {
            // What nobody has consumed goes to those who came meanwhile.
            self.view.handled = inner.handlers.takes_messages();
            self.view.streams = inner.waiters.streams().to_vec();
        }
        let elsewhere = self.view.handled && self.handler.is_none();
        let nobody = !self.view.handled && self.view.streams.is_empty();
        if elsewhere || nobody {
            for event in self.staged.iter().cloned() {
                inner.buffer(SocketEvent::Message(event), after);
            }
            self.shared.touch();
        }
        if let Some((last, others)) = self.view.streams.split_last() {
            for stream in others {
                stream.append(&mut self.staged.clone(), after);
            }
            last.append(&mut self.staged, after);
        }
        self.view
            .streams
            .iter()
            .for_each(|stream| stream.wake(after));
    }
}

impl Drop for Batch<'_> {
    fn drop(&mut self) {
        self.flush();
        if self.owner {
            let handler = self.handler.take().map(|handler| (On::Message, handler));
            drain(self.shared, handler);
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
