//! What a task has asked for and its driver has not done yet.

use std::{
    collections::VecDeque,
    fmt,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    task::{Context, Poll, Waker},
};

use taro_socket_api::{CloseFrame, Completion, Message};

/// The queue between a task and its driver.
#[derive(Default)]
pub(crate) struct Outbox(Mutex<State>);

/// Nothing of what waits: to write it under the lock is foreign code.
impl fmt::Debug for Outbox {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Outbox(..)")
    }
}

#[derive(Default)]
struct State {
    queue: VecDeque<Queued>,
    /// Goes behind the queue.
    close: Option<CloseFrame>,
    close_asked: bool,
    aborted: bool,
    ended: bool,
    driver: Option<Waker>,
}

/// One place in the queue.
#[derive(Debug)]
enum Queued {
    Message(Message, Completion),
    Flush(Completion),
}

/// What goes out next.
#[derive(Debug)]
pub(crate) enum Next {
    Message(Message, Completion),
    Close(CloseFrame),
}

/// The task's end. What is dropped here unreported reports `Aborted`.
impl Outbox {
    pub(crate) fn new() -> Arc<Self> {
        Arc::default()
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Queues a message, unless the connection has ended or is closing.
    pub(crate) fn push(&self, message: Message, done: Completion) {
        let mut state = self.state();
        if !state.ended && !state.close_asked {
            state.queue.push_back(Queued::Message(message, done));
            wake(state);
        }
    }

    /// Queues a report behind all messages, unless the connection has ended.
    pub(crate) fn flush(&self, done: Completion) {
        let mut state = self.state();
        if !state.ended {
            state.queue.push_back(Queued::Flush(done));
            wake(state);
        }
    }

    /// Queues the Close frame; the first one stands.
    pub(crate) fn close(&self, frame: CloseFrame) {
        let mut state = self.state();
        if state.ended || state.close_asked {
            return;
        }
        state.close_asked = true;
        state.close = Some(frame);
        wake(state);
    }

    /// Asks for the end without the queue and without a Close frame.
    pub(crate) fn abort(&self) {
        let mut state = self.state();
        state.close_asked = true;
        state.aborted = true;
        wake(state);
    }
}

/// The driver's end.
impl Outbox {
    pub(crate) fn close_asked(&self) -> bool {
        self.state().close_asked
    }

    /// Ready once a close was asked for, or an abort.
    pub(crate) fn poll_close_asked(&self, cx: &Context<'_>) -> Poll<()> {
        poll(self.state(), cx, |state| state.close_asked.then_some(()))
    }

    /// Ready once an abort was asked for.
    pub(crate) fn poll_aborted(&self, cx: &Context<'_>) -> Poll<()> {
        poll(self.state(), cx, |state| state.aborted.then_some(()))
    }

    /// Ready with the report of a flush before which nothing waits.
    pub(crate) fn poll_flushed(&self, cx: &Context<'_>) -> Poll<Completion> {
        poll(self.state(), cx, |state| match state.queue.pop_front()? {
            Queued::Flush(done) => Some(done),
            message @ Queued::Message(..) => {
                state.queue.push_front(message);
                None
            }
        })
    }

    /// The next message, then the Close frame. To be asked once no flush is ready.
    pub(crate) fn poll_next(&self, cx: &Context<'_>) -> Poll<Next> {
        poll(self.state(), cx, |state| match state.queue.pop_front() {
            Some(Queued::Message(message, done)) => Some(Next::Message(message, done)),
            Some(flush @ Queued::Flush(_)) => {
                state.queue.push_front(flush);
                None
            }
            None => state.close.take().map(Next::Close),
        })
    }

    /// Takes the reports of what has not left; drop them outside every lock.
    #[must_use = "dropping the reports tells that their actions were aborted"]
    pub(crate) fn clear(&self) -> Vec<Completion> {
        let queue = std::mem::take(&mut self.state().queue);
        let report = |queued| match queued {
            Queued::Message(_, done) | Queued::Flush(done) => done,
        };
        queue.into_iter().map(report).collect()
    }

    /// Takes the reports of what has not left, and refuses more.
    #[must_use = "dropping the reports tells that their actions were aborted"]
    pub(crate) fn end(&self) -> Vec<Completion> {
        self.state().ended = true;
        self.clear()
    }
}

/// Ready with what `take` gives; otherwise the next change wakes the driver.
fn poll<T>(
    mut state: MutexGuard<'_, State>,
    cx: &Context<'_>,
    take: impl FnOnce(&mut State) -> Option<T>,
) -> Poll<T> {
    let taken = take(&mut state);
    if taken.is_none() {
        let outdated = state.driver.replace(cx.waker().clone());
        drop(state);
        drop(outdated);
    }
    taken.map_or(Poll::Pending, Poll::Ready)
}

fn wake(mut state: MutexGuard<'_, State>) {
    let driver = state.driver.take();
    drop(state);
    driver.into_iter().for_each(Waker::wake);
}
