//! What the task asks of its driver.

mod request;

use std::{
    mem,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    task::{Context, Waker},
};

use taro_socket_api::{CloseFrame, Message, adapter::Completion};

pub(crate) use request::{Accepted, Closing, Outgoing, Requests};

/// The task's end. Pushing never waits.
#[derive(Debug)]
pub(crate) struct Sender(Arc<Mutex<Queue>>);

/// What cannot wait for its turn.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Asked {
    /// The end is wanted now.
    pub(crate) aborted: bool,
    /// A close was asked for and not taken.
    pub(crate) close: bool,
}

/// The driver's end. Dropping it reports `Aborted` for all that is left.
#[derive(Debug)]
pub(crate) struct Receiver(Arc<Mutex<Queue>>);

#[derive(Debug, Default)]
struct Queue {
    requests: Requests,
    /// Whether the end is wanted now, whatever else was asked for.
    aborted: bool,
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
        if requests.queued.is_empty() && requests.staged.fits(&message) {
            requests.staged.push(&message, done);
        } else {
            requests.queued.push_back(Outgoing::Message(message, done));
        }
        wake(queue, false);
    }

    /// Reports through `done` when all that was pushed before has been handed to the system.
    pub(crate) fn flush(&self, done: Completion) {
        let mut queue = lock(&self.0);
        if queue.ended {
            return;
        }
        queue.requests.queued.push_back(Outgoing::Flush(done));
        wake(queue, false);
    }

    /// Asks for the closing handshake. After the end there is nothing left to do, and it succeeds.
    pub(crate) fn close(&self, frame: CloseFrame, done: Completion) {
        let done = Accepted::new(done);
        let mut queue = lock(&self.0);
        if queue.ended {
            return;
        }
        queue.requests.close = Some((frame, done));
        wake(queue, true);
    }

    /// Asks for the end without a closing handshake. While connecting this is the same as a close.
    pub(crate) fn abort(&self) {
        let mut queue = lock(&self.0);
        if queue.ended {
            return;
        }
        queue.aborted = true;
        let close = &mut queue.requests.close;
        close.get_or_insert_with(|| (CloseFrame::default(), Accepted::new(Completion::none())));
        wake(queue, true);
    }
}

/// Wakes the driver, outside the lock, if it waits for this.
fn wake(mut queue: MutexGuard<'_, Queue>, is_end: bool) {
    let parked = if is_end || queue.wants_messages {
        queue.parked.take()
    } else {
        None
    };
    drop(queue);
    parked.into_iter().for_each(Waker::wake);
}

impl Receiver {
    /// Exchanges all that was asked for with the empty `into`, and tells what was asked for besides.
    pub(crate) fn take(&self, into: Option<&mut Requests>) -> Asked {
        let mut queue = lock(&self.0);
        if let Some(into) = into {
            mem::swap(&mut queue.requests, into);
        }
        Asked {
            aborted: queue.aborted,
            close: queue.requests.close.is_some(),
        }
    }

    /// Takes the close alone.
    pub(crate) fn take_close(&self) -> Option<Closing> {
        lock(&self.0).requests.close.take()
    }

    /// Wakes `cx` at the next close, and with `wants_messages` at the next message; `false` if such a one is there.
    pub(crate) fn park(&self, cx: &Context<'_>, wants_messages: bool, knows_close: bool) -> bool {
        // Wakers are foreign code: cloned and dropped outside the lock.
        let waker = cx.waker().clone();
        let mut queue = lock(&self.0);
        let requests = &queue.requests;
        let has_close = !knows_close && requests.close.is_some();
        if queue.aborted || has_close || (wants_messages && !requests.is_empty()) {
            return false;
        }
        queue.wants_messages = wants_messages;
        let outdated = queue.parked.replace(waker);
        drop(queue);
        drop(outdated);
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

#[cfg(test)]
mod tests;
