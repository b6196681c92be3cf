//! The app leaves the screen and comes back.

use std::{cell::Cell, fmt};

use taro_socket_api::Result;
use taro_socket_js::{Host, Route, call, missing, property};
use wasm_bindgen::JsValue;

/// What a host tells of the whole app.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(clippy::exhaustive_enums, reason = "hosts know these two")]
pub enum Signal {
    /// The app has come to the front: `onAppShow`.
    Show,
    /// The app has gone to the background, where hosts end its sockets within seconds: `onAppHide`.
    Hide,
}

impl Signal {
    fn names(self) -> (&'static str, &'static str) {
        match self {
            Self::Show => ("onAppShow", "offAppShow"),
            Self::Hide => ("onAppHide", "offAppHide"),
        }
    }
}

/// Listens until dropped.
pub struct AppListener {
    host: JsValue,
    signal: Signal,
    function: JsValue,
    _route: Route,
}

/// Calls `handler` each time `host` tells `signal`, until the listener is dropped.
///
/// # Errors
///
/// `HostUnavailable` where the host has no such function.
pub fn on_signal(host: Host, signal: Signal, handler: impl Fn() + 'static) -> Result<AppListener> {
    let (on, _) = signal.names();
    let object = host.object().ok_or_else(|| missing(on))?;
    let route = Route::new(move |_, _| handler());
    let function = JsValue::from(route.function(0));
    call(&object, on, &function).map_err(|_| missing(on))?;
    Ok(AppListener {
        host: object,
        signal,
        function,
        _route: route,
    })
}

impl Drop for AppListener {
    fn drop(&mut self) {
        let (_, off) = self.signal.names();
        // Where the host cannot take it off, the function reaches nothing.
        if property(&self.host, off).is_some() {
            let _ = call(&self.host, off, &self.function);
        }
    }
}

impl fmt::Debug for AppListener {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("AppListener").field(&self.signal).finish()
    }
}

thread_local! {
    static HIDDEN: Cell<bool> = const { Cell::new(false) };
    /// Kept for as long as the module lives.
    static WATCH: Cell<Option<[AppListener; 2]>> = const { Cell::new(None) };
}

/// From the first call on, knows whether the app is in the background.
pub(crate) fn watch(host: Host) {
    let watched = WATCH.take().or_else(|| {
        let show = on_signal(host, Signal::Show, || HIDDEN.set(false)).ok()?;
        let hide = on_signal(host, Signal::Hide, || HIDDEN.set(true)).ok()?;
        Some([show, hide])
    });
    WATCH.set(watched);
}

/// Whether the app is in the background, as far as the host has told.
pub(crate) fn is_hidden() -> bool {
    HIDDEN.get()
}
