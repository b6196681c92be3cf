//! What the page calls: listeners of its elements, and what happens again and again.

use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::Event;

use crate::page::Page;

/// The closures that the page calls; they have to be kept for as long as it may.
#[derive(Default)]
pub(crate) struct Listeners {
    events: Vec<Closure<dyn FnMut(Event)>>,
    ticks: Vec<Closure<dyn FnMut()>>,
}

impl Listeners {
    /// Calls `action` at each `event` of an element, in place of what the browser would do.
    pub(crate) fn on(
        &mut self,
        page: &Page,
        id: &str,
        event: &str,
        action: impl Fn() + 'static,
    ) -> Result<(), JsValue> {
        let handler = Closure::<dyn FnMut(Event)>::wrap(Box::new(move |event: Event| {
            event.prevent_default();
            action();
        }));
        let callback = handler.as_ref().unchecked_ref();
        page.element(id)?
            .add_event_listener_with_callback(event, callback)?;
        self.events.push(handler);
        Ok(())
    }

    /// Calls `action` every so many milliseconds.
    pub(crate) fn every(
        &mut self,
        page: &Page,
        milliseconds: i32,
        action: impl Fn() + 'static,
    ) -> Result<(), JsValue> {
        let handler = Closure::<dyn FnMut()>::wrap(Box::new(action));
        let callback = handler.as_ref().unchecked_ref();
        page.window
            .set_interval_with_callback_and_timeout_and_arguments_0(callback, milliseconds)?;
        self.ticks.push(handler);
        Ok(())
    }
}
