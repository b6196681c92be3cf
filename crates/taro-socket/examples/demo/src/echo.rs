//! Whether what was sent came back as it was.

use std::cell::RefCell;
use std::collections::VecDeque;

use crate::words;

/// What a message was, without keeping it.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Print {
    length: u64,
    hash: u64,
}

impl Print {
    fn of(bytes: &[u8]) -> Self {
        // FNV-1a with 64 bits (RFC 9923).
        let hash = bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash: u64, byte| {
            (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
        });
        let length = bytes.len() as u64;
        Self { length, hash }
    }

    fn words(self) -> String {
        let Self { length, hash } = self;
        format!("{} bytes, hash {hash:016x}", words::count(length))
    }
}

struct Expected {
    name: String,
    print: Print,
    sent: f64,
}

/// Binary messages whose echo has not come yet, oldest first.
#[derive(Default)]
pub(crate) struct Echo(RefCell<VecDeque<Expected>>);

impl Echo {
    /// Notes what is about to be sent under `name`; tells what is waited for.
    pub(crate) fn expect(&self, name: &str, bytes: &[u8], now: f64) -> String {
        let print = Print::of(bytes);
        self.0.borrow_mut().push_back(Expected {
            name: name.to_owned(),
            print,
            sent: now,
        });
        format!("{name}: sent {}; waiting for the echo.", print.words())
    }

    /// The send was refused: no echo comes.
    pub(crate) fn refused(&self) {
        self.0.borrow_mut().pop_back();
    }

    /// Compares a message with what was sent first; `None` when no echo is waited for.
    pub(crate) fn compare(&self, bytes: &[u8], now: f64) -> Option<String> {
        let expected = self.0.borrow_mut().pop_front()?;
        let (name, print) = (expected.name, Print::of(bytes));
        if print != expected.print {
            let (got, sent) = (print.words(), expected.print.words());
            return Some(format!(
                "{name}: the echo DIFFERS: {got} instead of {sent}."
            ));
        }
        let took = words::milliseconds(now - expected.sent);
        Some(format!(
            "{name}: the echo is the same: {}, in {took}.",
            print.words()
        ))
    }

    /// No echo comes any more; whether one was waited for.
    pub(crate) fn clear(&self) -> bool {
        !self.0.take().is_empty()
    }
}
