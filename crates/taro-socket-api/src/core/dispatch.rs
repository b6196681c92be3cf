//! Calling the user's handlers, one at a time and never under the lock.

use std::ops::ControlFlow;

use super::{
    handlers::{Handler, On},
    inner::{Inner, Shared},
};
use crate::{SocketEvent, after::After, callback::Report, panics::contain_panic};

/// What is to be called next.
enum Call {
    /// The callbacks of a send or a close.
    Report(Report),
    /// A handler taken out of its slot, with the event it is to be told.
    Handler(On, Handler, SocketEvent),
}

/// Calls `report` when all that was to be told before has been told: within this call, unless somebody is at telling.
pub(crate) fn report(shared: &Shared, report: Report) {
    shared.change(|inner, _| {
        inner.reports.push_back(report);
        shared.touch();
    });
    dispatch(shared);
}

/// Tells the handlers all that they have not been told, unless somebody is at it; cleans up after the end.
///
/// A handler that causes events while it runs gets them after it has returned, from the
/// loop that called it.
pub(super) fn dispatch(shared: &Shared) {
    let free = shared.change(|inner, _| !std::mem::replace(&mut inner.dispatching, true));
    if free {
        drain(shared, None);
    }
}

/// Runs with `dispatching` set by the caller, until nothing is left to tell; then unsets it.
pub(super) fn drain(shared: &Shared, returned: Option<(On, Handler)>) {
    tell(shared, returned, |inner, after| {
        inner.dispatching = false;
        inner.settle(after);
    });
}

/// Runs with `dispatching` set by the caller: puts `returned` back into its slot and tells the handlers until
/// nothing is left to tell; `then` is the last of that, within the same change.
pub(super) fn tell<R>(
    shared: &Shared,
    mut returned: Option<(On, Handler)>,
    mut then: impl FnMut(&mut Inner, &mut After) -> R,
) -> R {
    loop {
        let next = shared.change(|inner, after| {
            if let Some((on, handler)) = returned.take() {
                inner.handlers.put_back(on, handler, after);
            }
            match next_call(inner) {
                Some(call) => ControlFlow::Continue(call),
                None => ControlFlow::Break(then(inner, after)),
            }
        });
        match next {
            ControlFlow::Break(result) => return result,
            ControlFlow::Continue(Call::Report(report)) => contain_panic(|| report.tell()),
            ControlFlow::Continue(Call::Handler(on, mut handler, event)) => {
                call_handler(&mut handler, event);
                returned = Some((on, handler));
            }
        }
    }
}

/// Reports come first: a send that an end gives up is told before the end.
fn next_call(inner: &mut Inner) -> Option<Call> {
    if let Some(report) = inner.reports.pop_front() {
        return Some(Call::Report(report));
    }
    // Nothing comes between error and close, whatever the error's handler does.
    let between = inner.handlers.slot(On::Error).told;
    let first = if between { On::Close } else { On::Open };
    let order = [first, On::Open, On::Message, On::Error, On::Close];
    order.into_iter().find_map(|on| call_of(inner, on))
}

/// The call of an event that its handler has not been told.
fn call_of(inner: &mut Inner, on: On) -> Option<Call> {
    // Asked first, for it is asked with every message, and copying the event costs.
    let slot = inner.handlers.slot(on);
    if slot.told || slot.handler.is_none() {
        return None;
    }
    let event = match on {
        On::Open => inner.open.clone(),
        On::Message => inner.unbuffer(),
        // The error is told together with the close, so that nothing comes between them.
        On::Error if inner.close.is_none() => None,
        On::Error => inner.error.clone(),
        On::Close => inner.close.clone(),
    }?;
    let slot = inner.handlers.slot(on);
    slot.told = !matches!(on, On::Message);
    let handler = slot.handler.take()?;
    Some(Call::Handler(on, handler, event))
}

/// Calls a handler; its panic ends there.
#[inline]
pub(super) fn call_handler(handler: &mut Handler, event: SocketEvent) {
    contain_panic(|| handler(event));
}
