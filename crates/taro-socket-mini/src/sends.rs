//! Messages that the host has not taken yet.

use std::{cell::Cell, collections::VecDeque};

use taro_socket_api::Completion;

/// A message given to the host.
pub(crate) struct Sent {
    pub(crate) bytes: usize,
    pub(crate) done: Completion,
}

/// Messages between the host's `send` and its `success` or `fail`, in order.
#[derive(Default)]
pub(crate) struct Sends {
    /// `None` once reported, while one before it is not.
    waiting: Cell<VecDeque<Option<Sent>>>,
    /// The number of the first of them.
    first: Cell<u32>,
}

impl Sends {
    /// Numbers of messages are below this.
    pub(crate) const NUMBERS: u32 = 1 << 28;

    /// Adds a message; its number.
    pub(crate) fn add(&self, bytes: usize, done: Completion) -> u32 {
        let mut waiting = self.waiting.take();
        let number = self.after(waiting.len());
        waiting.push_back(Some(Sent { bytes, done }));
        self.waiting.set(waiting);
        number
    }

    /// The message, once.
    pub(crate) fn take(&self, number: u32) -> Option<Sent> {
        let mut waiting = self.waiting.take();
        // A host that reports a message twice finds nothing, or a place far behind the last one.
        let at = number.wrapping_sub(self.first.get()) % Self::NUMBERS;
        let sent = waiting.get_mut(at as usize).and_then(Option::take);
        while let Some(None) = waiting.front() {
            waiting.pop_front();
            self.first.set(self.after(1));
        }
        self.waiting.set(waiting);
        sent
    }

    /// All that waits, for the end; the completions report `Aborted` when dropped.
    #[must_use]
    pub(crate) fn take_all(&self) -> VecDeque<Option<Sent>> {
        let waiting = self.waiting.take();
        self.first.set(self.after(waiting.len()));
        waiting
    }

    fn after(&self, count: usize) -> u32 {
        (self.first.get() + count as u32) % Self::NUMBERS
    }
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test;

    use super::*;

    #[wasm_bindgen_test]
    fn each_is_taken_once_in_any_order_and_numbers_begin_anew() {
        let sends = Sends::default();
        sends.first.set(Sends::NUMBERS - 2);
        let numbers: Vec<_> = (0..4)
            .map(|bytes| sends.add(bytes, Completion::none()))
            .collect();
        let last = Sends::NUMBERS - 1;
        assert_eq!(numbers, [last - 1, last, 0, 1]);
        let taken = |number| sends.take(number).map(|sent| sent.bytes);
        assert_eq!(taken(0), Some(2));
        assert_eq!(taken(0), None);
        assert_eq!(taken(last - 1), Some(0));
        assert_eq!(taken(last - 1), None);
        assert_eq!(taken(last), Some(1));
        assert_eq!(sends.first.get(), 1, "what was reported is gone");
        assert_eq!(sends.take_all().len(), 1);
        assert_eq!(taken(1), None);
        assert_eq!(sends.add(0, Completion::none()), 2);
    }
}
