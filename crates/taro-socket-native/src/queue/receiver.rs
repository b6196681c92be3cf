//! The driver's end of the queue.

use std::{mem, sync::Arc, task::Context};

use taro_socket_api::adapter::Lock;

use super::{Closing, Queue, Requests};

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

impl Receiver {
    pub(super) fn new(queue: Arc<Lock<Queue>>) -> Self {
        Self(queue)
    }

    /// Exchanges all that was asked for with the empty `into`, and tells what was asked for besides.
    /// Until it parks the driver is awake: what is sent meanwhile it finds then.
    pub(crate) fn take(&self, into: Option<&mut Requests>) -> Asked {
        self.0.change(|queue, _| {
            queue.wants_messages = false;
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
        let parks = self.0.change(|queue, _| {
            let parks = !queue.has(wants_messages, knows_close);
            let known = queue.parked.as_ref();
            let known = known.is_some_and(|known| known.will_wake(cx.waker()));
            queue.wants_messages = wants_messages && parks && known;
            (known || !parks).then_some(parks)
        });
        if let Some(parks) = parks {
            return parks;
        }
        // Cloning it runs the runtime's code.
        let waker = cx.waker().clone();
        self.0.change(|queue, after| {
            if queue.has(wants_messages, knows_close) {
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
