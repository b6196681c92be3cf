//! Messages that the host has not taken yet.

use std::{
    cell::{Cell, RefCell},
    collections::VecDeque,
};

use taro_socket_api::Completion;

/// A message given to the host.
pub(crate) struct Sent {
    number: u32,
    pub(crate) bytes: u64,
    pub(crate) done: Completion,
}

/// Messages between the host's `send` and its `success` or `fail`, in order.
#[derive(Default)]
pub(crate) struct Sends {
    waiting: RefCell<VecDeque<Sent>>,
    next: Cell<u32>,
}

impl Sends {
    /// Numbers of messages are below this.
    pub(crate) const NUMBERS: u32 = 1 << 28;

    /// Adds a message; its number.
    pub(crate) fn add(&self, bytes: usize, done: Completion) -> u32 {
        let number = self.next.get();
        // A host that reports a message twice must not hit another one.
        self.next.set((number + 1) % Self::NUMBERS);
        self.waiting.borrow_mut().push_back(Sent {
            number,
            bytes: bytes as u64,
            done,
        });
        number
    }

    /// The message, once.
    pub(crate) fn take(&self, number: u32) -> Option<Sent> {
        let mut waiting = self.waiting.borrow_mut();
        // Hosts report in order, so it is the first but for odd ones.
        let at = waiting.iter().position(|sent| sent.number == number)?;
        waiting.remove(at)
    }

    /// All that waits; their completions report `Aborted` when dropped.
    #[must_use]
    pub(crate) fn take_all(&self) -> VecDeque<Sent> {
        self.waiting.take()
    }
}
