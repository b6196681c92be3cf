//! Hosts that call back before a call to them has returned.

use std::{cell::Cell, collections::VecDeque, mem::ManuallyDrop, rc::Rc};

use wasm_bindgen::JsValue;

use super::what;

/// Whom the host tells something.
pub(crate) trait Heard {
    /// The host has called the function of number `what`.
    fn event(self: Rc<Self>, what: u32, value: JsValue);
}

/// What the host has told within a call of ours.
struct Nested {
    to: Rc<dyn Heard>,
    what: u32,
    value: JsValue,
}

struct Guard {
    /// Calls of the host that have not returned.
    calls: Cell<u32>,
    /// What came meanwhile, in order. Never dropped, as the thread is not: dropping it would be code for nothing.
    nested: Cell<ManuallyDrop<VecDeque<Nested>>>,
    /// Whether somebody is telling it: then what comes meanwhile is told by that one, and nothing goes deeper and deeper.
    telling: Cell<bool>,
}

// One for the thread, not one for each connection: while the host is called for one, it may tell another something.
thread_local! {
    static GUARD: Guard = const {
        Guard {
            calls: Cell::new(0),
            nested: Cell::new(ManuallyDrop::new(VecDeque::new())),
            telling: Cell::new(false),
        }
    };
}

/// `LocalKey::with` would bring its panic along, which nothing here can cause.
fn with<T: Default>(act: impl FnOnce(&Guard) -> T) -> T {
    GUARD.try_with(act).unwrap_or_default()
}

/// Calls the host. What it tells before `call` returns waits until `tell_nested`.
///
/// `call` must catch what the host throws: an exception that passes by would leave everybody waiting.
pub fn call_host<T>(call: impl FnOnce() -> T) -> T {
    with(|guard| guard.calls.set(guard.calls.get() + 1));
    let result = call();
    with(|guard| guard.calls.set(guard.calls.get().wrapping_sub(1)));
    result
}

/// A turn of the host's has begun, with nothing below it: whatever has not returned never will.
pub(super) fn begin_turn() {
    with(|guard| guard.calls.set(0));
}

/// Whether a call of the host has not returned.
pub(super) fn is_calling() -> bool {
    with(|guard| guard.calls.get() > 0)
}

/// Keeps what was told for [`tell_nested`].
pub(super) fn keep(to: Rc<dyn Heard>, what: u32, value: JsValue) {
    change(|nested| nested.push_back(Nested { to, what, value }));
}

fn change<T: Default>(change: impl FnOnce(&mut VecDeque<Nested>) -> T) -> T {
    with(|guard| {
        let mut nested = guard.nested.take();
        let result = change(&mut nested);
        guard.nested.set(nested);
        result
    })
}

/// Tells what has come within calls of the host, in order, unless one has not returned or somebody is at it.
pub(super) fn tell_nested() {
    while let Some(next) = with(next) {
        next.to.event(next.what, next.value);
        recover();
    }
}

fn next(guard: &Guard) -> Option<Nested> {
    if guard.calls.get() > 0 || guard.telling.get() {
        return None;
    }
    let next = change(|nested| nested.pop_front());
    guard.telling.set(next.is_some());
    next
}

/// The first of what was kept for `to` under the number `what`; nothing happens in its place.
pub(super) fn take<T: Heard>(to: &Rc<T>, what: u32) -> Option<JsValue> {
    let to = Rc::as_ptr(to).cast::<()>();
    change(|nested| {
        let mut known = nested.iter_mut();
        let kept =
            known.find(|kept| kept.what == what && Rc::as_ptr(&kept.to).cast::<()>() == to)?;
        kept.what = what::IGNORED;
        Some(std::mem::take(&mut kept.value))
    })
}

/// Whoever was telling did not return, because a panic of the user's code ended the host's call.
pub(super) fn recover() {
    with(|guard| guard.telling.set(false));
}
