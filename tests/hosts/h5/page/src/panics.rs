//! Panics. On this target they abort the call of the browser, so a case that panics would never end.

use std::{cell::RefCell, panic};

use futures::channel::oneshot;

thread_local! {
    static WAITING: RefCell<Option<oneshot::Sender<String>>> = const { RefCell::new(None) };
}

/// Tells whoever waits of every panic from now on.
pub(crate) fn note() {
    panic::set_hook(Box::new(|info| {
        let waiting = WAITING.take();
        if let Some(waiting) = waiting {
            let _ = waiting.send(info.to_string());
        }
    }));
}

/// The text of the next panic.
pub(crate) fn next() -> oneshot::Receiver<String> {
    let (sender, receiver) = oneshot::channel();
    WAITING.set(Some(sender));
    receiver
}
