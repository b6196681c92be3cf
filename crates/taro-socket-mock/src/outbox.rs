//! What a task has asked for and its driver has not done yet.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    task::{Context, Poll, Waker},
};

use taro_socket_api::{CloseFrame, Completion, Message};

/// A message with its report.
pub(crate) type Outgoing = (Message, Completion);

/// The queue between a task and its driver.
#[derive(Debug, Default)]
pub(crate) struct Outbox(Mutex<State>);

#[derive(Debug, Default)]
struct State {
    queue: VecDeque<Outgoing>,
    /// Goes behind the queue.
    close: Option<CloseFrame>,
    close_asked: bool,
    ended: bool,
    driver: Option<Waker>,
}

impl Outbox {
    pub(crate) fn new() -> Arc<Self> {
        Arc::default()
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Queues a message; gives it back once the connection has ended or is closing.
    pub(crate) fn push(&self, outgoing: Outgoing) -> Option<Outgoing> {
        let mut state = self.state();
        if state.ended || state.close_asked {
            return Some(outgoing);
        }
        state.queue.push_back(outgoing);
        wake(state);
        None
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

    pub(crate) fn close_asked(&self) -> bool {
        self.state().close_asked
    }

    /// Ready once a close was asked for.
    pub(crate) fn poll_close_asked(&self, cx: &Context<'_>) -> Poll<()> {
        let mut state = self.state();
        if state.close_asked {
            return Poll::Ready(());
        }
        state.driver = Some(cx.waker().clone());
        Poll::Pending
    }

    /// The next message, then the Close frame.
    pub(crate) fn poll_next(&self, cx: &Context<'_>) -> Poll<Next> {
        let mut state = self.state();
        if let Some(outgoing) = state.queue.pop_front() {
            return Poll::Ready(Next::Message(outgoing));
        }
        if let Some(frame) = state.close.take() {
            return Poll::Ready(Next::Close(frame));
        }
        state.driver = Some(cx.waker().clone());
        Poll::Pending
    }

    /// Takes what was not sent; drop it outside every lock, since it reports.
    #[must_use = "dropping the messages reports that they were aborted"]
    pub(crate) fn clear(&self) -> VecDeque<Outgoing> {
        std::mem::take(&mut self.state().queue)
    }

    /// Takes what was not sent and refuses more.
    #[must_use = "dropping the messages reports that they were aborted"]
    pub(crate) fn end(&self) -> VecDeque<Outgoing> {
        self.state().ended = true;
        self.clear()
    }
}

/// What goes out next.
#[derive(Debug)]
pub(crate) enum Next {
    Message(Outgoing),
    Close(CloseFrame),
}

fn wake(mut state: MutexGuard<'_, State>) {
    let driver = state.driver.take();
    drop(state);
    driver.into_iter().for_each(Waker::wake);
}
