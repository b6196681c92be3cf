//! What the system's client may still have to send.

use std::{cell::Cell, collections::VecDeque};

use taro_socket_api::Completion;
use taro_socket_js::now_millis;

/// What OkHttp queues at most: beyond it Android ends the connection (`RealWebSocket`, `MAX_QUEUE_SIZE`).
const HOST_QUEUE: usize = 16 << 20;

/// Bytes that are taken to leave in a millisecond: 8 MiB in a second. React Native does not tell.
const PER_MILLI: f64 = (8 << 20) as f64 / 1000.0;

/// Credit for the time between two looks, in milliseconds at most: the clock may be set, and the app may sleep.
const MAX_LAPSE: f64 = 1000.0;

/// A message handed over, or a place behind one that somebody waits for.
pub(crate) struct Handed {
    pub(crate) bytes: usize,
    /// How many messages it is: one, or none.
    pub(crate) messages: u64,
    pub(crate) done: Completion,
}

/// Messages handed over, in order, that are not taken to have left yet.
#[derive(Default)]
pub(crate) struct Sends {
    waiting: Cell<VecDeque<Handed>>,
    bytes: Cell<usize>,
    /// Milliseconds of the timer on its way; zero without.
    pause: Cell<f64>,
    /// When that timer was started.
    since: Cell<f64>,
    /// Bytes that may have left and are not taken off yet.
    credit: Cell<f64>,
}

impl Sends {
    /// Whether the system's queue takes so much more.
    pub(crate) fn has_room(&self, bytes: usize) -> bool {
        self.bytes.get().saturating_add(bytes) <= HOST_QUEUE
    }

    pub(crate) fn add(&self, handed: Handed) {
        self.bytes.set(self.bytes.get() + handed.bytes);
        let mut waiting = self.waiting.take();
        waiting.push_back(handed);
        self.waiting.set(waiting);
    }

    /// Milliseconds until the first one may have left; `None` if a timer is on its way or nothing waits.
    pub(crate) fn next_pause(&self) -> Option<u32> {
        if self.pause.get() > 0.0 {
            return None;
        }
        let first = self.first()? as f64 - self.credit.get();
        let pause = (first / PER_MILLI).ceil().max(1.0);
        self.pause.set(pause);
        self.since.set(now_millis());
        Some(pause as u32)
    }

    /// The timer has fired: time has passed.
    pub(crate) fn earn(&self) {
        let pause = self.pause.take();
        // Not `clamp`: its panic would bring the formatting of fractions along.
        let lapse = now_millis() - self.since.get();
        let lapse = lapse.max(pause).min(MAX_LAPSE.max(pause));
        self.credit.set(self.credit.get() + lapse * PER_MILLI);
    }

    /// The first one, if it may have left.
    pub(crate) fn take_first(&self) -> Option<Handed> {
        let Some(bytes) = self.first() else {
            // An empty queue earns nothing.
            self.credit.set(0.0);
            return None;
        };
        let rest = self.credit.get() - bytes as f64;
        if rest < 0.0 {
            return None;
        }
        self.credit.set(rest);
        self.pop()
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.first().is_none()
    }

    /// Bytes of the first one.
    fn first(&self) -> Option<usize> {
        let waiting = self.waiting.take();
        let bytes = waiting.front().map(|first| first.bytes);
        self.waiting.set(waiting);
        bytes
    }

    /// The first one, whether it may have left or not: reports `Aborted` when dropped.
    pub(crate) fn pop(&self) -> Option<Handed> {
        let mut waiting = self.waiting.take();
        let first = waiting.pop_front();
        self.waiting.set(waiting);
        let bytes = first.as_ref().map_or(0, |first| first.bytes);
        self.bytes.set(self.bytes.get() - bytes);
        first
    }
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test;

    use super::*;

    fn sends(sizes: &[usize]) -> Sends {
        let sends = Sends::default();
        for size in sizes {
            sends.add(handed(*size));
        }
        sends
    }

    fn handed(bytes: usize) -> Handed {
        Handed {
            bytes,
            messages: 1,
            done: Completion::none(),
        }
    }

    #[wasm_bindgen_test]
    fn the_queue_of_android_is_never_overfilled() {
        let sends = sends(&[(16 << 20) - 5]);
        assert!(sends.has_room(5) && !sends.has_room(6));
        assert!(!sends.has_room(usize::MAX));
        assert!(sends.pop().is_some() && sends.pop().is_none());
        assert!(sends.has_room(16 << 20) && !sends.has_room((16 << 20) + 1));
    }

    #[wasm_bindgen_test]
    fn messages_leave_in_order_as_time_passes() {
        let sends = sends(&[8 << 20, 10, 0]);
        assert_eq!(sends.next_pause(), Some(1000), "8 MiB in a second");
        assert_eq!(sends.next_pause(), None, "one timer at a time");
        assert!(sends.take_first().is_none(), "no time has passed");
        sends.earn();
        let left: Vec<_> = std::iter::from_fn(|| sends.take_first()).collect();
        // The clock is not asked for less than the pause, and the pause is rounded up.
        assert!(left.first().is_some_and(|first| first.bytes == 8 << 20));
        assert!(sends.has_room((16 << 20) - 10));
    }

    #[wasm_bindgen_test]
    fn an_empty_queue_saves_no_time() {
        let sends = sends(&[1]);
        assert_eq!(sends.next_pause(), Some(1), "at least a millisecond");
        sends.earn();
        assert!(sends.take_first().is_some() && sends.take_first().is_none());
        assert_eq!(sends.next_pause(), None, "nothing waits");
        sends.add(handed(8 << 20));
        assert_eq!(sends.next_pause(), Some(1000));
    }
}
