//! What the task asks of its driver.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    task::{Context, Waker},
};

use taro_socket_api::{CloseFrame, Completion, Message};

/// A message to send, and whom to tell.
pub(crate) type Outgoing = (Message, Completion);

/// The task's end. Pushing never waits.
#[derive(Debug)]
pub(crate) struct Sender(Arc<Mutex<Queue>>);

/// The driver's end. Dropping it reports `Aborted` for all that is left.
#[derive(Debug)]
pub(crate) struct Receiver(Arc<Mutex<Queue>>);

#[derive(Debug, Default)]
struct Queue {
    messages: VecDeque<Outgoing>,
    close: Option<(CloseFrame, Completion)>,
    /// The driver, while it is not running; running it looks here before it waits.
    parked: Option<Waker>,
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
    pub(crate) fn send(&self, message: Message, done: Completion) {
        self.push(|queue| queue.messages.push_back((message, done)));
    }

    pub(crate) fn close(&self, frame: CloseFrame, done: Completion) {
        self.push(|queue| queue.close = Some((frame, done)));
    }

    /// After the end, `add` is dropped unused, outside the lock: its completion reports `Aborted`.
    fn push(&self, add: impl FnOnce(&mut Queue)) {
        let mut queue = lock(&self.0);
        if queue.ended {
            return;
        }
        add(&mut queue);
        let parked = queue.parked.take();
        drop(queue);
        parked.into_iter().for_each(Waker::wake);
    }
}

impl Receiver {
    /// Moves all messages to the end of `into`; with the close, if one was asked for.
    pub(crate) fn take(&self, into: &mut VecDeque<Outgoing>) -> Option<(CloseFrame, Completion)> {
        let mut queue = lock(&self.0);
        if into.is_empty() {
            std::mem::swap(into, &mut queue.messages);
        } else {
            into.append(&mut queue.messages);
        }
        queue.close.take()
    }

    /// Takes the close alone, if one was asked for.
    pub(crate) fn take_close(&self) -> Option<(CloseFrame, Completion)> {
        lock(&self.0).close.take()
    }

    /// Wakes `cx` at the next push; `false` if something has been pushed already.
    pub(crate) fn park(&self, cx: &Context<'_>) -> bool {
        let mut queue = lock(&self.0);
        if !queue.messages.is_empty() || queue.close.is_some() {
            return false;
        }
        queue.parked = Some(cx.waker().clone());
        true
    }
}

impl Drop for Receiver {
    fn drop(&mut self) {
        let mut queue = lock(&self.0);
        queue.ended = true;
        let left = (
            std::mem::take(&mut queue.messages),
            queue.close.take(),
            queue.parked.take(),
        );
        // Completions run the user's code, so they are dropped outside the lock.
        drop(queue);
        drop(left);
    }
}
