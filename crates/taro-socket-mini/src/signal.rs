//! The app leaves the screen and comes back.

use std::{
    cell::{Cell, OnceCell},
    collections::VecDeque,
    fmt,
    time::Duration,
};

use taro_socket_api::Result;
use taro_socket_js::{Alarm, Route, missing};
use wasm_bindgen::JsValue;

use crate::{HostFunction, Vendor};

/// What a host tells of the whole app.
#[derive(Clone, Copy, Debug)]
#[allow(clippy::exhaustive_structs, reason = "adapters make it")]
pub struct Signal {
    /// The name of the function that takes a listener, for example `onAppShow`.
    pub name: &'static str,
    /// This function.
    pub on: HostFunction,
    /// The one that takes the listener off; it may be missing.
    pub off: HostFunction,
}

/// Listens until dropped.
pub struct AppListener {
    signal: Signal,
    function: JsValue,
    _route: Route,
}

/// Calls `handler` each time the host tells `signal`, until the listener is dropped.
///
/// # Errors
///
/// `HostUnavailable` where the host has no such function.
pub fn on_signal(signal: Signal, handler: impl Fn() + 'static) -> Result<AppListener> {
    let route = Route::new(move |_, _| handler());
    let function = route.function(0);
    (signal.on)(&function).map_err(|_| missing(signal.name))?;
    Ok(AppListener {
        signal,
        function,
        _route: route,
    })
}

impl Drop for AppListener {
    fn drop(&mut self) {
        // Where the host cannot take it off, the function reaches nothing.
        let _ = (self.signal.off)(&self.function);
    }
}

impl fmt::Debug for AppListener {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("AppListener")
            .field(&self.signal.name)
            .finish()
    }
}

struct Watch {
    hidden: Cell<bool>,
    /// Kept for as long as the module lives.
    route: OnceCell<Route>,
    /// What is to be done when the app is on the screen again.
    waiting: Cell<VecDeque<Act>>,
    /// How many of them were waiting when it came: what waits from then on waits for the next time.
    due: Cell<usize>,
}

type Act = Box<dyn FnOnce()>;

thread_local! {
    static WATCH: Watch = const {
        Watch {
            hidden: Cell::new(false),
            route: OnceCell::new(),
            waiting: Cell::new(VecDeque::new()),
            due: Cell::new(0),
        }
    };
}

const SHOWN: u32 = 0;
const GONE: u32 = 1;
const MORE: u32 = 2;

/// From the first call on, knows whether the app is in the background.
pub(crate) fn watch(vendor: &Vendor) {
    let _ = WATCH.try_with(|watch| {
        if watch.route.get().is_some() {
            return;
        }
        let route = Route::new(|what, _| moved(what));
        // Only where the host tells that the app is back, too, is it believed that it is gone.
        if (vendor.on_app_show)(&route.function(SHOWN)).is_ok() {
            let _ = (vendor.on_app_hide)(&route.function(GONE));
            let _ = watch.route.set(route);
        }
    });
}

fn moved(what: u32) {
    let _ = WATCH.try_with(|watch| {
        if what != MORE {
            watch.hidden.set(what == GONE);
        }
        if what == SHOWN {
            let waiting = watch.waiting.take();
            watch.due.set(waiting.len());
            watch.waiting.set(waiting);
        }
    });
    while let Some((act, more)) = due() {
        act();
        drop(more);
    }
}

/// What is to be done next, if the app is on the screen; and a timer for the rest, should that not return: a panic of the
/// user's code ends this call of the host.
fn due() -> Option<(Act, Option<Alarm>)> {
    let next = WATCH.try_with(|watch| {
        if watch.hidden.get() {
            return None;
        }
        let due = watch.due.get().checked_sub(1)?;
        watch.due.set(due);
        let mut waiting = watch.waiting.take();
        let act = waiting.pop_front();
        watch.waiting.set(waiting);
        let rest = watch.route.get().filter(|_| due > 0);
        let more = rest.and_then(|route| Alarm::start(Duration::ZERO, &route.function(MORE)).ok());
        Some((act?, more))
    });
    next.ok().flatten()
}

/// Calls `act` once, when the app is on the screen again.
pub(crate) fn when_shown(act: impl FnOnce() + 'static) {
    let _ = WATCH.try_with(|watch| {
        let mut waiting = watch.waiting.take();
        waiting.push_back(Box::new(act));
        watch.waiting.set(waiting);
    });
}

/// Whether the app is in the background, as far as the host has told.
pub(crate) fn is_hidden() -> bool {
    WATCH.try_with(|watch| watch.hidden.get()).unwrap_or(false)
}
