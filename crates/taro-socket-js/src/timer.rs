//! Timers and a clock that need no `window`.

use std::{fmt, time::Duration};

use wasm_bindgen::{JsValue, closure::Closure, prelude::wasm_bindgen};

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(catch, js_name = setTimeout)]
    fn set_timeout(callback: &JsValue, millis: i32) -> Result<JsValue, JsValue>;

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

/// The delay in milliseconds, rounded up; at most 2^31 - 1 of them (24.8 days), more than which hosts would take
/// for none.
#[must_use]
pub fn millis(delay: Duration) -> i32 {
    // Not in integers of 64 bits, which are long in what is made of the module for hosts without WebAssembly.
    (delay.as_secs_f64() * 1000.0).ceil() as i32
}

/// A call of a function, once, after a while; dropped before, there is none.
pub struct Alarm {
    id: JsValue,
}

impl Alarm {
    /// Calls `function` after `delay`, in [`millis`].
    ///
    /// # Errors
    ///
    /// What the host throws, for example because it has no timers.
    pub fn start(delay: Duration, function: &JsValue) -> Result<Self, JsValue> {
        let id = set_timeout(function, millis(delay))?;
        Ok(Self { id })
    }
}

impl Drop for Alarm {
    fn drop(&mut self) {
        let _ = clear_timeout(&self.id);
    }
}

impl fmt::Debug for Alarm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Alarm")
    }
}

/// Calls its action once; stopped when dropped.
///
/// May be dropped while its action runs.
pub struct Timer {
    alarm: Alarm,
    // Of the same type as a listener's, so that there is one kind of closure in the module.
    action: Closure<dyn Fn(JsValue)>,
}

impl Timer {
    /// Calls `action` after `delay`, in [`millis`].
    ///
    /// # Errors
    ///
    /// What the host throws, for example because it has no timers.
    pub fn start(delay: Duration, action: impl Fn() + 'static) -> Result<Self, JsValue> {
        Self::calling(delay, move |_| action())
    }

    /// As [`start`](Self::start), for an action that listeners have too.
    ///
    /// # Errors
    ///
    /// What the host throws.
    pub fn calling(delay: Duration, action: impl Fn(JsValue) + 'static) -> Result<Self, JsValue> {
        let action = Closure::<dyn Fn(JsValue)>::wrap_aborting(Box::new(action));
        let alarm = Alarm::start(delay, action.as_js_value())?;
        Ok(Self { alarm, action })
    }

    /// Calls the action again after `delay`, in [`millis`]. For a timer that has fired.
    ///
    /// # Errors
    ///
    /// What the host throws.
    pub fn again(&mut self, delay: Duration) -> Result<(), JsValue> {
        // Not dropped: it has fired, and to stop it costs a call.
        self.alarm.id = set_timeout(self.action.as_js_value(), millis(delay))?;
        Ok(())
    }
}

impl fmt::Debug for Timer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Timer").finish_non_exhaustive()
    }
}
