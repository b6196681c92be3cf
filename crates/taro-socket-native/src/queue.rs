//! What the task asks of its driver.

mod receiver;
mod request;

use std::{mem, sync::Arc, task::Waker};

use bytes::Bytes;
use taro_socket_api::{
    CloseFrame, Message,
    adapter::{After, Completion, Lock},
};

pub(crate) use receiver::Receiver;
pub(crate) use request::{Accepted, Closing, Outgoing, Requests};

/// The task's end. Pushing never waits.
#[derive(Debug)]
pub(crate) struct Sender(Arc<Lock<Queue>>);

#[derive(Debug, Default)]
struct Queue {
    requests: Requests,
    /// Whether the end is wanted now, whatever else was asked for.
    aborted: bool,
    /// Wakes the driver.
    parked: Option<Waker>,
    /// Whether the driver waits for messages; if not, it is awake, or cannot take any, and only a close wakes it.
    wants_messages: bool,
    ended: bool,
    /// Most payload bytes of a frame.
    most: usize,
}

/// Messages of more than `most` bytes go out in several frames.
pub(crate) fn queue(most: usize) -> (Sender, Receiver) {
    let shared = Arc::new(Lock::<Queue>::default());
    shared.change(|queue, _| queue.most = most);
    (Sender(Arc::clone(&shared)), Receiver::new(shared))
}

impl Queue {
    /// Whether there is something for the driver to do.
    fn has(&self, wants_messages: bool, knows_close: bool) -> bool {
        let has_close = !knows_close && self.requests.close.is_some();
        self.aborted || has_close || (wants_messages && !self.requests.is_empty())
    }

    /// Wakes the driver, if it waits for this.
    fn wake(&mut self, is_end: bool, after: &mut After) {
        if is_end || self.wants_messages {
            after.wake(self.parked.take());
        }
    }
}

impl Sender {
    /// Encodes or queues a message. After the end both arguments are dropped: the completion reports `Aborted`.
    pub(crate) fn send(&self, mut message: Message, mut done: Completion) {
        // Both are taken only where they are kept; the rest of them is dropped behind the change.
        self.0.change(|queue, after| {
            if queue.ended {
                return;
            }
            let requests = &mut queue.requests;
            let done = done.take();
            if requests.queued.is_empty() && requests.staged.fits(&message, queue.most) {
                requests.staged.push(&message, done);
            } else {
                let message = mem::replace(&mut message, Message::Binary(Bytes::new()));
                requests.queued.push_back(Outgoing::Message(message, done));
            }
            queue.wake(false, after);
        });
    }

    /// Reports through `done` when all that was pushed before has been handed to the system.
    pub(crate) fn flush(&self, done: Completion) {
        self.0.change(|queue, after| {
            if queue.ended {
                return after.discard(done);
            }
            queue.requests.queued.push_back(Outgoing::Flush(done));
            queue.wake(false, after);
        });
    }

    /// Asks for the closing handshake. After the end there is nothing left to do, and it succeeds.
    pub(crate) fn close(&self, frame: CloseFrame, done: Completion) {
        let done = Accepted::new(done);
        self.0.change(|queue, after| {
            if queue.ended {
                return after.discard(done);
            }
            after.discard_some(queue.requests.close.replace((frame, done)));
            queue.wake(true, after);
        });
    }

    /// Asks for the end without a closing handshake. While connecting this is the same as a close.
    pub(crate) fn abort(&self) {
        self.0.change(|queue, after| {
            if queue.ended {
                return;
            }
            queue.aborted = true;
            let close = &mut queue.requests.close;
            close.get_or_insert_with(|| (CloseFrame::default(), Accepted::new(Completion::none())));
            queue.wake(true, after);
        });
    }
}

#[cfg(all(test, feature = "interleavings"))]
mod interleavings;
#[cfg(test)]
mod tests;
