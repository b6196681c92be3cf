//! Messages that the host has not taken yet.

use std::{cell::Cell, collections::VecDeque};

use taro_socket_api::Completion;
use taro_socket_js::Alarm;
use wasm_bindgen::JsValue;

/// A message given to the host.
pub(crate) struct Sent {
    pub(crate) bytes: usize,
    pub(crate) done: Completion,
    /// What its promise was rejected with, and the timer that lets the host's `fail` come first.
    rejected: Option<(Alarm, JsValue)>,
}

/// What stands in the row.
enum Place {
    /// A message that the host has not reported.
    Sent(Sent),
    /// One that it has, while one before it is not.
    Reported,
    /// Whoever waits for all before it.
    Flush(Completion),
}

/// What waits at the end; the completions report `Aborted` when dropped.
#[derive(Default)]
pub(crate) struct Unsent {
    _places: VecDeque<Place>,
}

/// Messages between the host's `send` and its `success` or `fail`, in order.
#[derive(Default)]
pub(crate) struct Sends {
    waiting: Cell<VecDeque<Place>>,
    /// The number of the first of them.
    first: Cell<u32>,
}

impl Sends {
    /// Numbers of messages are below this.
    pub(crate) const NUMBERS: u32 = 1 << 28;

    /// Adds a message; its number.
    pub(crate) fn add(&self, bytes: usize, done: Completion) -> u32 {
        let rejected = None;
        self.push(Place::Sent(Sent {
            bytes,
            done,
            rejected,
        }))
    }

    /// Keeps what the promise of a message was rejected with.
    pub(crate) fn reject(&self, number: u32, alarm: Alarm, value: JsValue) {
        self.look(number, |sent| sent.rejected = Some((alarm, value)));
    }

    /// What [`reject`](Self::reject) has kept.
    pub(crate) fn rejection(&self, number: u32) -> Option<JsValue> {
        let rejected = self.look(number, |sent| sent.rejected.take());
        rejected.flatten().map(|(_, value)| value)
    }

    /// Looks at a message that is not reported.
    fn look<T>(&self, number: u32, look: impl FnOnce(&mut Sent) -> T) -> Option<T> {
        let mut waiting = self.waiting.take();
        let place = waiting.get_mut(self.place(number));
        let seen = match place {
            Some(Place::Sent(sent)) => Some(look(sent)),
            _ => None,
        };
        self.waiting.set(waiting);
        seen
    }

    /// A host that reports a message twice finds nothing, or a place far behind the last one.
    fn place(&self, number: u32) -> usize {
        (number.wrapping_sub(self.first.get()) % Self::NUMBERS) as usize
    }

    /// Reports through `done` once all before it is reported.
    pub(crate) fn flush(&self, done: Completion) {
        self.push(Place::Flush(done));
        while let Some(done) = self.take_flushed() {
            done.succeed();
        }
    }

    fn push(&self, place: Place) -> u32 {
        let mut waiting = self.waiting.take();
        let number = self.after(waiting.len());
        waiting.push_back(place);
        self.waiting.set(waiting);
        number
    }

    /// The message, once; [`take_flushed`](Self::take_flushed) forgets its place.
    pub(crate) fn take(&self, number: u32) -> Option<Sent> {
        let mut waiting = self.waiting.take();
        let place = waiting.get_mut(self.place(number));
        let sent = place.and_then(|place| match std::mem::replace(place, Place::Reported) {
            Place::Sent(sent) => Some(sent),
            other => {
                *place = other;
                None
            }
        });
        self.waiting.set(waiting);
        sent
    }

    /// Whoever waited for what is reported by now, which is forgotten; ask until there is none.
    pub(crate) fn take_flushed(&self) -> Option<Completion> {
        let mut waiting = self.waiting.take();
        let mut flushed = None;
        while let (None, Some(Place::Reported | Place::Flush(_))) = (&flushed, waiting.front()) {
            self.first.set(self.after(1));
            if let Some(Place::Flush(done)) = waiting.pop_front() {
                flushed = Some(done);
            }
        }
        self.waiting.set(waiting);
        flushed
    }

    /// All that waits, for the end.
    #[must_use]
    pub(crate) fn take_all(&self) -> Unsent {
        let waiting = self.waiting.take();
        self.first.set(self.after(waiting.len()));
        Unsent { _places: waiting }
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
        assert!(sends.take_flushed().is_none());
        assert_eq!(sends.first.get(), 1, "what was reported is gone");
        assert_eq!(sends.take_all()._places.len(), 1);
        assert_eq!(taken(1), None);
        assert_eq!(sends.add(0, Completion::none()), 2);
    }
}
