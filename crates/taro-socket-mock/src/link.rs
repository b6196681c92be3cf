//! The simulated wire between one task and its peer.

use std::{
    collections::VecDeque,
    fmt, mem,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    task::{Context, Poll, Waker},
};

use taro_socket_api::{Bytes, Error, Message};

use crate::{answer::Answer, event::PeerClose, frame::Frame};

/// What travels from the task to the peer.
#[derive(Debug)]
pub(crate) enum Up {
    Message(Message),
    Ping(Bytes),
    Pong(Bytes),
    Close(PeerClose),
    /// The end of the transport.
    End,
}

/// What travels from the peer to the task.
#[derive(Debug)]
pub(crate) enum Down {
    Answer(Box<Answer>),
    /// The connection cannot be made.
    Fail(Error),
    Frame(Frame),
    /// The end of the transport.
    End,
    /// The host has ended the connection of an app in the background.
    Background,
}

/// How much may be on the way to a peer that does not read: a network's buffers.
const WINDOW_BYTES: usize = 64 << 10;
const WINDOW_ITEMS: usize = 1024;

/// Both directions of one connection.
#[derive(Default)]
pub(crate) struct Link(Mutex<State>);

/// Nothing of what is on the way: to write it under the lock is foreign code.
impl fmt::Debug for Link {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Link(..)")
    }
}

#[derive(Default)]
struct State {
    up: VecDeque<Up>,
    up_bytes: usize,
    down: VecDeque<Down>,
    down_bytes: usize,
    /// Whether the peer takes nothing off the wire.
    stalled: bool,
    /// Whether the app is hidden, so that nothing leaves it.
    hidden: bool,
    task_ended: bool,
    peer_ended: bool,
    /// Whether the transport broke, so that nothing of it is left to read.
    cut: bool,
    task: Option<Waker>,
    peer: Vec<Waker>,
}

impl State {
    /// The wakers of the other side, to be woken outside the lock.
    fn wake_peer(&mut self) -> Vec<Waker> {
        mem::take(&mut self.peer)
    }
}

/// The peer is woken by the next change. A waker of the user's is neither cloned nor dropped under the lock.
fn peer_waits<T>(waker: Waker, mut state: MutexGuard<'_, State>) -> Poll<T> {
    if !state.peer.iter().any(|known| known.will_wake(&waker)) {
        state.peer.push(waker);
        return Poll::Pending;
    }
    drop(state);
    drop(waker);
    Poll::Pending
}

fn wake(wakers: impl IntoIterator<Item = Waker>) {
    wakers.into_iter().for_each(Waker::wake);
}

impl Link {
    pub(crate) fn new() -> Arc<Self> {
        Arc::default()
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The task's end.
impl Link {
    /// Ready while the wire takes another message.
    pub(crate) fn poll_writable(&self, cx: &Context<'_>) -> Poll<()> {
        let mut state = self.state();
        let full =
            state.stalled || state.up_bytes >= WINDOW_BYTES || state.up.len() >= WINDOW_ITEMS;
        // What is written after the peer's end is lost: reading will tell of that end.
        if full || state.hidden || state.peer_ended {
            state.task = Some(cx.waker().clone());
            return Poll::Pending;
        }
        Poll::Ready(())
    }

    /// Puts `item` on the wire; lost once either side has ended.
    pub(crate) fn write(&self, item: Up) {
        let mut state = self.state();
        if state.task_ended || state.peer_ended {
            return;
        }
        if let Up::Message(message) = &item {
            state.up_bytes += message.len();
        }
        state.task_ended = matches!(item, Up::End);
        state.up.push_back(item);
        let wakers = state.wake_peer();
        drop(state);
        wake(wakers);
    }

    /// Ready once the transport has broken, however much is unread before that.
    pub(crate) fn poll_cut(&self, cx: &Context<'_>) -> Poll<Down> {
        let mut state = self.state();
        if state.cut {
            return Poll::Ready(state.down.pop_front().unwrap_or(Down::End));
        }
        state.task = Some(cx.waker().clone());
        Poll::Pending
    }

    pub(crate) fn poll_down(&self, cx: &Context<'_>) -> Poll<Down> {
        let mut state = self.state();
        let Some(item) = state.down.pop_front() else {
            state.task = Some(cx.waker().clone());
            return Poll::Pending;
        };
        if let Down::Frame(frame) = &item {
            state.down_bytes -= frame.payload.len();
        }
        let wakers = state.wake_peer();
        drop(state);
        wake(wakers);
        Poll::Ready(item)
    }
}

/// The host's hand on it.
impl Link {
    /// While the app is hidden nothing leaves it.
    pub(crate) fn set_hidden(&self, hidden: bool) {
        let mut state = self.state();
        state.hidden = hidden;
        let task = state.task.take();
        drop(state);
        wake(task);
    }

    /// Ends the connection: nothing else is left to read, on either side.
    pub(crate) fn end_from_host(&self) {
        let mut state = self.state();
        if state.task_ended || state.peer_ended {
            return;
        }
        let unread = mem::replace(&mut state.down, VecDeque::from([Down::Background]));
        state.down_bytes = 0;
        state.cut = true;
        state.peer_ended = true;
        let wakers = state.wake_peer();
        let task = state.task.take();
        drop(state);
        drop(unread);
        wake(wakers);
        wake(task);
    }
}

/// The peer's end.
impl Link {
    /// Puts `item` on the wire; lost once either side has ended.
    pub(crate) fn send_down(&self, item: Down) {
        let mut state = self.state();
        if state.task_ended || state.peer_ended {
            return;
        }
        if let Down::Frame(frame) = &item {
            state.down_bytes += frame.payload.len();
        }
        state.peer_ended = matches!(item, Down::End | Down::Fail(_));
        state.down.push_back(item);
        let task = state.task.take();
        drop(state);
        wake(task);
    }

    /// Ends without what is still on the way to the task.
    pub(crate) fn cut(&self) {
        let mut state = self.state();
        let mut lost = VecDeque::new();
        if !state.task_ended && !state.peer_ended {
            let unread = mem::take(&mut state.down).into_iter();
            // The answer to the handshake has been written before.
            (state.down, lost) = unread.partition(|item| matches!(item, Down::Answer(_)));
            state.down_bytes = 0;
            state.cut = true;
        }
        drop(state);
        drop(lost);
        self.send_down(Down::End);
    }

    pub(crate) fn poll_up(&self, cx: &Context<'_>) -> Poll<Up> {
        let waker = cx.waker().clone();
        let mut state = self.state();
        let ended = state.task_ended;
        let item = if state.stalled && !ended {
            None
        } else {
            state.up.pop_front()
        };
        let Some(item) = item else {
            if state.peer_ended || ended {
                return Poll::Ready(Up::End);
            }
            return peer_waits(waker, state);
        };
        if let Up::Message(message) = &item {
            state.up_bytes -= message.len();
        }
        let task = state.task.take();
        drop(state);
        wake(task);
        Poll::Ready(item)
    }

    /// Ready once the task has taken nearly all that was sent to it.
    pub(crate) fn poll_flushed(&self, cx: &Context<'_>) -> Poll<()> {
        let waker = cx.waker().clone();
        let state = self.state();
        let full = state.down_bytes >= WINDOW_BYTES || state.down.len() >= WINDOW_ITEMS;
        if full && !state.task_ended && !state.peer_ended {
            return peer_waits(waker, state);
        }
        Poll::Ready(())
    }

    /// Ready once the task's end is gone.
    pub(crate) fn poll_task_ended(&self, cx: &Context<'_>) -> Poll<()> {
        let waker = cx.waker().clone();
        let state = self.state();
        if state.task_ended {
            return Poll::Ready(());
        }
        peer_waits(waker, state)
    }

    pub(crate) fn set_stalled(&self, stalled: bool) {
        let mut state = self.state();
        state.stalled = stalled;
        let wakers = state.wake_peer();
        let task = state.task.take();
        drop(state);
        wake(wakers);
        wake(task);
    }

    pub(crate) fn task_has_ended(&self) -> bool {
        self.state().task_ended
    }
}
