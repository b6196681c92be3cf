//! The queue between the core and one event stream.

use std::{
    collections::VecDeque,
    task::{Context, Poll, Waker},
};

use crate::{
    Limits, MaybeSend, MaybeSync, MessageEvent, SocketEvent,
    maybe_send::{Guard, Lock},
};

/// What the core knows of a stream. Behind a trait, so that who takes no stream does not carry the code.
pub(crate) trait Subscriber: MaybeSend + MaybeSync {
    /// Adds an event; wake the consumer afterwards, outside every lock.
    fn push(&self, event: SocketEvent);

    /// Adds the messages of a batch; wake the consumer afterwards, outside every lock.
    fn extend(&self, messages: &mut dyn Iterator<Item = MessageEvent>);

    /// Takes the consumer's waker. Waking may drop a future, and with it a stream, so no lock is to be held.
    fn take_consumer(&self) -> Option<Waker>;

    fn is_full(&self, limits: &Limits) -> bool;
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

impl StreamQueue {
    fn lock(&self) -> Guard<'_, Queue> {
        self.0.lock()
    }

    /// Swaps all waiting events into the empty `batch`; ready with `false` after the end.
    pub(crate) fn poll_take(
        &self,
        batch: &mut VecDeque<SocketEvent>,
        cx: &Context<'_>,
    ) -> Poll<bool> {
        let mut queue = self.lock();
        if queue.events.is_empty() {
            if queue.ended {
                return Poll::Ready(false);
            }
            if !queue
                .consumer
                .as_ref()
                .is_some_and(|known| known.will_wake(cx.waker()))
            {
                queue.consumer = Some(cx.waker().clone());
            }
            return Poll::Pending;
        }
        std::mem::swap(batch, &mut queue.events);
        queue.bytes = 0;
        Poll::Ready(true)
    }
}

impl Subscriber for StreamQueue {
    fn push(&self, event: SocketEvent) {
        let mut queue = self.lock();
        if queue.ended {
            return;
        }
        if let SocketEvent::Message(message) = &event {
            queue.bytes += message.data.len();
        }
        queue.ended |= matches!(event, SocketEvent::Close(_));
        queue.events.push_back(event);
    }

    fn extend(&self, messages: &mut dyn Iterator<Item = MessageEvent>) {
        let mut queue = self.lock();
        if queue.ended {
            return;
        }
        for message in messages {
            queue.bytes += message.data.len();
            queue.events.push_back(SocketEvent::Message(message));
        }
    }

    fn take_consumer(&self) -> Option<Waker> {
        self.lock().consumer.take()
    }

    fn is_full(&self, limits: &Limits) -> bool {
        let queue = self.lock();
        queue.bytes > limits.max_buffered_bytes || queue.events.len() > limits.max_buffered_messages
    }
}
