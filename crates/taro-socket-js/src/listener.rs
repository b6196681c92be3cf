//! Listeners of a host's objects.

use std::fmt;

use wasm_bindgen::{JsCast, JsValue, closure::Closure, prelude::wasm_bindgen};

#[wasm_bindgen]
extern "C" {
    /// Whatever has listeners (DOM §2.7); mini-program hosts have other shapes.
    #[derive(Clone)]
    type EventTarget;

    #[wasm_bindgen(method, catch, js_name = addEventListener)]
    fn add_event_listener(
        this: &EventTarget,
        name: &str,
        callback: &JsValue,
    ) -> Result<(), JsValue>;

    #[wasm_bindgen(method, catch, js_name = removeEventListener)]
    fn remove_event_listener(
        this: &EventTarget,
        name: &str,
        callback: &JsValue,
    ) -> Result<(), JsValue>;
}

/// One listener of one event of a host's object; taken off when dropped.
///
/// May be dropped while its handler runs.
pub struct Listener {
    target: EventTarget,
    name: &'static str,
    handler: Closure<dyn Fn(JsValue)>,
}

impl Listener {
    /// Calls `handler` with every event `name` of `target`.
    ///
    /// # Errors
    ///
    /// What the host throws.
    pub fn add(
        target: &JsValue,
        name: &'static str,
        handler: impl Fn(JsValue) + 'static,
    ) -> Result<Self, JsValue> {
        let target: EventTarget = target.clone().unchecked_into();
        // Its panic is not to be caught here: the host reports it as an exception of the listener.
        let handler = Closure::<dyn Fn(JsValue)>::wrap_aborting(Box::new(handler));
        target.add_event_listener(name, handler.as_js_value())?;
        Ok(Self {
            target,
            name,
            handler,
        })
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        let handler = self.handler.as_js_value();
        // Were it to stay, calling it would throw in the host and reach nothing here.
        let _ = self.target.remove_event_listener(self.name, handler);
    }
}

impl fmt::Debug for Listener {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Listener").field(&self.name).finish()
    }
}
