//! The queue between the core and one event stream.

use std::{
    collections::VecDeque,
    mem,
    task::{Context, Poll, Waker},
};

use crate::{
    Limits, MaybeSend, MaybeSync, MessageEvent, SocketEvent, after::After, maybe_send::Lock,
};

/// What the core knows of a stream. Behind a trait, so that who takes no stream does not carry the code.
///
/// All of it may be called under the core's lock: what must wait until that is free goes into `after`.
pub(crate) trait Subscriber: MaybeSend + MaybeSync {
    /// Adds an event; wake the consumer afterwards.
    fn push(&self, event: SocketEvent, after: &mut After);

    /// Moves the messages of a batch here; wake the consumer afterwards.
    fn append(&self, messages: &mut Vec<MessageEvent>, after: &mut After);

    /// Wakes the consumer, if it waits.
    fn wake(&self, after: &mut After);

    /// Whether more waits than may.
    fn is_full(&self, limits: &Limits, after: &mut After) -> bool;
}

/// Events for one stream; the consumer takes all of them at once.
#[derive(Debug, Default)]
pub(crate) struct StreamQueue(Lock<Queue>);

#[derive(Debug, Default)]
struct Queue {
    events: VecDeque<SocketEvent>,
    bytes: usize,
    ended: bool,
    consumer: Option<Waker>,
}

impl Queue {
    /// Swaps all waiting events into the empty `batch`; `Ready(false)` after the end.
    fn take(&mut self, batch: &mut VecDeque<SocketEvent>) -> Poll<bool> {
        if self.events.is_empty() {
            return if self.ended {
                Poll::Ready(false)
            } else {
                Poll::Pending
            };
        }
        mem::swap(batch, &mut self.events);
        self.bytes = 0;
        Poll::Ready(true)
    }

    fn knows(&self, waker: &Waker) -> bool {
        self.consumer
            .as_ref()
            .is_some_and(|known| known.will_wake(waker))
    }
}

impl StreamQueue {
    /// Swaps all waiting events into the empty `batch`; ready with `false` after the end.
    pub(crate) fn poll_take(
        &self,
        batch: &mut VecDeque<SocketEvent>,
        cx: &Context<'_>,
    ) -> Poll<bool> {
        let (taken, known) = self
            .0
            .change(|queue, _| (queue.take(batch), queue.knows(cx.waker())));
        if taken.is_ready() || known {
            return taken;
        }
        // Cloning it runs the executor's code.
        let waker = cx.waker().clone();
        self.0.change(|queue, after| {
            let taken = queue.take(batch);
            let outdated = match taken {
                Poll::Pending => queue.consumer.replace(waker),
                Poll::Ready(_) => Some(waker),
            };
            after.discard_some(outdated);
            taken
        })
    }
}

impl Subscriber for StreamQueue {
    fn push(&self, event: SocketEvent, after: &mut After) {
        self.0.change_within(after, |queue, after| {
            if queue.ended {
                return after.discard(event);
            }
            if let SocketEvent::Message(message) = &event {
                queue.bytes += message.data.len();
            }
            queue.ended = matches!(event, SocketEvent::Close(_));
            queue.events.push_back(event);
        });
    }

    fn append(&self, messages: &mut Vec<MessageEvent>, after: &mut After) {
        self.0.change_within(after, |queue, _| {
            if queue.ended {
                return;
            }
            for message in messages.drain(..) {
                queue.bytes += message.data.len();
                queue.events.push_back(SocketEvent::Message(message));
            }
        });
    }

    fn wake(&self, after: &mut After) {
        self.0
            .change_within(after, |queue, after| after.wake(queue.consumer.take()));
    }

    fn is_full(&self, limits: &Limits, after: &mut After) -> bool {
        self.0.change_within(after, |queue, _| {
            queue.bytes > limits.max_buffered_bytes
                || queue.events.len() > limits.max_buffered_messages
        })
    }
}
