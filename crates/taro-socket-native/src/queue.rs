//! What the task asks of its driver.

use std::{
    collections::VecDeque,
    mem,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    task::{Context, Waker},
};

use taro_socket_api::{CloseFrame, Completion, Message};

use crate::engine::Staged;

/// A message to send, and whom to tell.
pub(crate) type Outgoing = (Message, Completion);
/// A close to start, and whom to tell.
pub(crate) type Closing = (CloseFrame, Completion);

/// The task's end. Pushing never waits.
#[derive(Debug)]
pub(crate) struct Sender(Arc<Mutex<Queue>>);

/// The driver's end. Dropping it reports `Aborted` for all that is left.
#[derive(Debug)]
pub(crate) struct Receiver(Arc<Mutex<Queue>>);

/// Everything asked for and not yet taken, in this order.
#[derive(Debug, Default)]
pub(crate) struct Requests {
    /// Small messages, encoded already.
    pub(crate) staged: Staged,
    /// What was too large for that, or came behind it.
    pub(crate) messages: VecDeque<Outgoing>,
    pub(crate) close: Option<Closing>,
}

impl Requests {
    pub(crate) fn is_empty(&self) -> bool {
        self.staged.is_empty() && self.messages.is_empty() && self.close.is_none()
    }
}

#[derive(Debug, Default)]
struct Queue {
    requests: Requests,
    /// The driver, while it waits.
    parked: Option<Waker>,
    /// Whether the waiting driver can take messages now; if not, only a close wakes it.
    wants_messages: bool,
    ended: bool,
}

pub(crate) fn queue() -> (Sender, Receiver) {
    let shared = Arc::new(Mutex::default());
    (Sender(Arc::clone(&shared)), Receiver(shared))
}

fn lock(queue: &Mutex<Queue>) -> MutexGuard<'_, Queue> {
    queue.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Sender {
    /// Encodes or queues a message. After the end both arguments are dropped, outside the lock: the
    /// completion reports `Aborted`.
    pub(crate) fn send(&self, message: Message, done: Completion) {
        let mut queue = lock(&self.0);
        if queue.ended {
            return;
        }
        let requests = &mut queue.requests;
        if requests.messages.is_empty() && requests.staged.fits(&message) {
            requests.staged.push(&message, done);
        } else {
            requests.messages.push_back((message, done));
        }
        let parked = if queue.wants_messages {
            queue.parked.take()
        } else {
            None
        };
        drop(queue);
        parked.into_iter().for_each(Waker::wake);
    }

    pub(crate) fn close(&self, frame: CloseFrame, done: Completion) {
        let mut queue = lock(&self.0);
        if queue.ended {
            return;
        }
        queue.requests.close = Some((frame, done));
        let parked = queue.parked.take();
        drop(queue);
        parked.into_iter().for_each(Waker::wake);
    }
}

impl Receiver {
    /// Exchanges all that was asked for with the empty `into`.
    pub(crate) fn take(&self, into: &mut Requests) {
        mem::swap(&mut lock(&self.0).requests, into);
    }

    /// Takes the close alone.
    pub(crate) fn take_close(&self) -> Option<Closing> {
        lock(&self.0).requests.close.take()
    }

    /// Whether a close was asked for and not taken.
    pub(crate) fn has_close(&self) -> bool {
        lock(&self.0).requests.close.is_some()
    }

    /// Wakes `cx` at the next close, and with `wants_messages` at the next message; `false` if such a one is there.
    pub(crate) fn park(&self, cx: &Context<'_>, wants_messages: bool, knows_close: bool) -> bool {
        let mut queue = lock(&self.0);
        let requests = &queue.requests;
        if (wants_messages && !requests.is_empty()) || (!knows_close && requests.close.is_some()) {
            return false;
        }
        queue.wants_messages = wants_messages;
        queue.parked = Some(cx.waker().clone());
        true
    }
}

impl Drop for Receiver {
    fn drop(&mut self) {
        let mut queue = lock(&self.0);
        queue.ended = true;
        let left = (mem::take(&mut queue.requests), queue.parked.take());
        // Completions run the user's code, so they are dropped outside the lock.
        drop(queue);
        drop(left);
    }
}
