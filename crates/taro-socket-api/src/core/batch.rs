//! Many messages in a row.

use std::sync::{Arc, atomic::Ordering};

use super::{
    Shared, StreamQueue,
    dispatch::{call_handler, drain},
};
use crate::{Message, MessageEvent, ReadyState, maybe_send::BoxFnMut};

/// Whether the adapter should go on reading.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use = "reading on while a consumer is behind fills memory"]
#[non_exhaustive]
pub enum Flow {
    /// Read on.
    Continue,
    /// The message was kept, but a consumer is behind: wait for [`Emitter::poll_ready`](super::Emitter::poll_ready),
    /// or fail the connection with `LimitExceeded` where the host cannot wait.
    Pause,
}

/// Messages that arrived together.
///
/// While it lives it is the one that calls handlers, so it must not be kept across a wait.
#[derive(Debug)]
pub struct Batch<'a> {
    shared: &'a Shared,
    /// Whether this batch calls the handlers; otherwise somebody else is at it.
    owner: bool,
    open: bool,
    handler: Direct,
    streams: Vec<Arc<StreamQueue>>,
    /// Messages for the streams, or for the inbox where nobody consumes.
    staged: Vec<MessageEvent>,
}

/// The message handler, taken out of its slot for the time of the batch.
struct Direct(Option<BoxFnMut<MessageEvent>>);

impl std::fmt::Debug for Direct {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Direct").field(&self.0.is_some()).finish()
    }
}

impl<'a> Batch<'a> {
    pub(super) fn new(shared: &'a Shared) -> Self {
        let mut inner = shared.lock();
        let owner = !inner.dispatching;
        inner.dispatching = true;
        drop(inner);
        let mut batch = Self {
            shared,
            owner,
            open: false,
            handler: Direct(None),
            streams: Vec::new(),
            staged: Vec::new(),
        };
        batch.look_again();
        batch
    }

    /// A message has arrived. Ignored unless the state is Open.
    pub fn message(&mut self, message: impl Into<Message>) -> Flow {
        if self.shared.attention.load(Ordering::Acquire) {
            // The flow of what comes now is told below.
            let _ = self.flush();
            self.look_again();
        }
        if !self.open {
            return Flow::Continue;
        }
        let event = MessageEvent::new(message);
        match &mut self.handler.0 {
            Some(handler) if self.streams.is_empty() => {
                call_handler(handler, event);
                return Flow::Continue;
            }
            Some(handler) => {
                self.staged.push(event.clone());
                call_handler(handler, event);
            }
            None => self.staged.push(event),
        }
        // Looking at the bounds takes a lock, so it is done once for many small messages.
        let enough = self.staged.len() >= 256
            || self
                .staged
                .last()
                .is_some_and(|last| last.data.len() >= 4096);
        if enough { self.flush() } else { Flow::Continue }
    }

    /// Hands everything over and tells whether to read on.
    pub fn finish(mut self) -> Flow {
        self.flush()
    }

    /// Looks at what was changed under the lock: state, handler, streams.
    fn look_again(&mut self) {
        let mut inner = self.shared.lock();
        self.shared.attention.store(false, Ordering::Relaxed);
        self.open = self.shared.ready_state() == ReadyState::Open;
        self.streams.clone_from(&inner.streams);
        let mut replaced = None;
        // A handler that is behind (its inbox is not empty) is served by the dispatch loop, in order.
        if self.owner && inner.inbox.is_empty() {
            if let Some(fresh) = inner.handlers.message.handler.take() {
                replaced = self.handler.0.replace(fresh);
            }
        }
        drop(inner);
        drop(replaced);
    }

    /// Hands the staged messages over.
    fn flush(&mut self) -> Flow {
        if self.staged.is_empty() {
            return Flow::Continue;
        }
        let mut inner = self.shared.lock();
        // A registered handler that this batch does not hold is fed by the dispatch loop.
        let elsewhere = self.handler.0.is_none() && inner.handlers.message.registered;
        let nobody = self.streams.is_empty() && !inner.handlers.message.registered;
        if elsewhere || nobody {
            self.staged
                .iter()
                .cloned()
                .for_each(|event| inner.buffer(event));
        }
        match self.streams.split_last() {
            Some((last, others)) => {
                others
                    .iter()
                    .for_each(|stream| stream.extend(self.staged.iter().cloned()));
                last.extend(self.staged.drain(..));
            }
            None => self.staged.clear(),
        }
        if inner.is_full(&self.shared.limits) {
            Flow::Pause
        } else {
            Flow::Continue
        }
    }
}

impl Drop for Batch<'_> {
    fn drop(&mut self) {
        let _ = self.flush();
        if !self.owner {
            return;
        }
        let mut inner = self.shared.lock();
        let slot = &mut inner.handlers.message.handler;
        let mut replaced = self.handler.0.take();
        if slot.is_none() {
            *slot = replaced.take();
        }
        drop(inner);
        drop(replaced);
        drain(self.shared, self.shared.lock());
    }
}
