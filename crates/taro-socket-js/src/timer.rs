//! Timers and a clock that need no `window`.

use std::{fmt, time::Duration};

use js_sys::Function;
use wasm_bindgen::{JsCast, JsValue, closure::Closure, prelude::wasm_bindgen};

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(catch, js_name = setTimeout)]
    fn set_timeout(callback: &Function, millis: i32) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(catch, js_name = clearTimeout)]
    fn clear_timeout(id: &JsValue) -> Result<(), JsValue>;

    #[wasm_bindgen(js_namespace = Date, js_name = now)]
    fn date_now() -> f64;
}

/// Milliseconds of the host's clock, which may be set back.
#[must_use]
pub fn now_millis() -> f64 {
    date_now()
}

/// Calls its action once; stopped when dropped.
///
/// May be dropped while its action runs.
pub struct Timer {
    id: JsValue,
    // Of the same type as a listener's, so that there is one kind of closure in the module.
    action: Closure<dyn Fn(JsValue)>,
}

impl Timer {
    /// Calls `action` after `delay`, rounded up to milliseconds; at most 2^31 - 1 of them (24.8 days), more
    /// than which the host would take for none.
    ///
    /// # Errors
    ///
    /// What the host throws, for example because it has no timers.
    pub fn start(delay: Duration, action: impl Fn() + 'static) -> Result<Self, JsValue> {
        let millis = u64::from(delay.subsec_nanos().div_ceil(1_000_000));
        let millis = delay.as_secs().saturating_mul(1000).saturating_add(millis);
        let millis = i32::try_from(millis).unwrap_or(i32::MAX);
        let action = Closure::<dyn Fn(JsValue)>::wrap_aborting(Box::new(move |_| action()));
        let id = set_timeout(action.as_js_value().unchecked_ref(), millis)?;
        Ok(Self { id, action })
    }

    /// Calls the action again, as soon as the host lets timers fire. For a timer that has fired.
    ///
    /// # Errors
    ///
    /// What the host throws.
    pub fn again(&mut self) -> Result<(), JsValue> {
        self.id = set_timeout(self.action.as_js_value().unchecked_ref(), 0)?;
        Ok(())
    }
}

impl Drop for Timer {
    fn drop(&mut self) {
        let _ = clear_timeout(&self.id);
    }
}

impl fmt::Debug for Timer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Timer").finish_non_exhaustive()
    }
}
