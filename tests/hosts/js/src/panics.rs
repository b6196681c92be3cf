//! Panics. On this target they abort the call of the browser, so a case that panics would never end.

use std::{cell::RefCell, panic};

use futures::channel::oneshot;
use wasm_bindgen::prelude::wasm_bindgen;

#[wasm_bindgen]
extern "C" {
    /// Every JavaScript host has a console.
    #[wasm_bindgen(js_namespace = console, js_name = error)]
    fn console_error(text: &str);
}

thread_local! {
    static WAITING: RefCell<Option<oneshot::Sender<String>>> = const { RefCell::new(None) };
}

/// Tells whoever waits of every panic from now on.
pub(crate) fn note() {
    panic::set_hook(Box::new(|info| {
        // The case's own task may be what panicked; then nobody is left to read what is sent.
        console_error(&info.to_string());
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
