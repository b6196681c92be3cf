//! What the task asks of its driver.

mod request;

use std::{
    mem,
    sync::Arc,
    task::{Context, Waker},
};

use taro_socket_api::{
    CloseFrame, Message,
    adapter::{After, Completion, Lock},
};

pub(crate) use request::{Accepted, Closing, Outgoing, Requests};

/// The task's end. Pushing never waits.
#[derive(Debug)]
pub(crate) struct Sender(Arc<Lock<Queue>>);

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
pub(crate) struct Receiver(Arc<Lock<Queue>>);

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
    /// Most payload bytes of a frame.
    most: usize,
}

/// Messages of more than `most` bytes go out in several frames.
pub(crate) fn queue(most: usize) -> (Sender, Receiver) {
    let shared = Arc::new(Lock::<Queue>::default());
    shared.change(|queue, _| queue.most = most);
    (Sender(Arc::clone(&shared)), Receiver(shared))
}

impl Queue {
    /// Wakes the driver, if it waits for this.
    fn wake(&mut self, is_end: bool, after: &mut After) {
        if is_end || self.wants_messages {
            after.wake(self.parked.take());
        }
    }
}

impl Sender {
    /// Encodes or queues a message. After the end both arguments are dropped: the completion reports `Aborted`.
    pub(crate) fn send(&self, message: Message, done: Completion) {
        // What is not moved is dropped behind the change, without being put on its list, which would allocate.
        let mut given = Some((message, done));
        let encoded = self.0.change(|queue, after| {
            let (message, done) = if queue.ended { None } else { given.take() }?;
            let requests = &mut queue.requests;
            let encoded =
                if requests.queued.is_empty() && requests.staged.fits(&message, queue.most) {
                    requests.staged.push(&message, done);
                    Some(message)
                } else {
                    requests.queued.push_back(Outgoing::Message(message, done));
                    None
                };
            queue.wake(false, after);
            encoded
        });
        drop((given, encoded));
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

impl Receiver {
    /// Exchanges all that was asked for with the empty `into`, and tells what was asked for besides.
    pub(crate) fn take(&self, into: Option<&mut Requests>) -> Asked {
        self.0.change(|queue, _| {
            if let Some(into) = into {
                mem::swap(&mut queue.requests, into);
            }
            Asked {
                aborted: queue.aborted,
                close: queue.requests.close.is_some(),
            }
        })
    }

    /// Takes the close alone.
    pub(crate) fn take_close(&self) -> Option<Closing> {
        self.0.change(|queue, _| queue.requests.close.take())
    }

    /// Wakes `cx` at the next close, and with `wants_messages` at the next message; `false` if such a one is there.
    pub(crate) fn park(&self, cx: &Context<'_>, wants_messages: bool, knows_close: bool) -> bool {
        // Cloning it runs the runtime's code.
        let waker = cx.waker().clone();
        self.0.change(|queue, after| {
            let requests = &queue.requests;
            let has_close = !knows_close && requests.close.is_some();
            if queue.aborted || has_close || (wants_messages && !requests.is_empty()) {
                after.discard(waker);
                return false;
            }
            queue.wants_messages = wants_messages;
            after.discard_some(queue.parked.replace(waker));
            true
        })
    }
}

impl Drop for Receiver {
    fn drop(&mut self) {
        self.0.change(|queue, after| {
            queue.ended = true;
            after.discard(mem::take(&mut queue.requests));
            after.discard_some(queue.parked.take());
        });
    }
}

#[cfg(all(test, feature = "interleavings"))]
mod interleavings;
#[cfg(test)]
mod tests;
