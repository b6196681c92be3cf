//! Calling the user's handlers, one at a time and never under the lock.

use super::{
    handlers::{Handler, On},
    inner::{Inner, Shared},
};
use crate::{SocketEvent, maybe_send::Guard, panics::contain_panic};

/// A handler taken out of its slot, with the event it is to be told.
struct Call {
    on: On,
    handler: Handler,
    event: SocketEvent,
}

/// Tells the handlers all that they have not been told, unless somebody is at it.
///
/// A handler that causes events while it runs gets them after it has returned, from the
/// loop that called it.
pub(super) fn dispatch(shared: &Shared) {
    let mut inner = shared.lock();
    if inner.dispatching {
        return;
    }
    inner.dispatching = true;
    drain(shared, inner);
}

/// Runs with `dispatching` set by the caller, until nothing is left to tell; then unsets it.
pub(super) fn drain<'a>(shared: &'a Shared, inner: Guard<'a, Inner>) {
    let mut inner = tell(shared, inner);
    inner.dispatching = false;
    finish(shared, inner);
}

/// Runs with `dispatching` set by the caller, until nothing is left to tell.
pub(super) fn tell<'a>(shared: &'a Shared, mut inner: Guard<'a, Inner>) -> Guard<'a, Inner> {
    while let Some(call) = next_call(&mut inner) {
        drop(inner);
        let Call {
            on,
            mut handler,
            event,
        } = call;
        call_handler(&mut handler, event);
        inner = hand_back(shared, on, handler);
    }
    inner
}

/// Puts a handler back into its slot. It may have registered its successor meanwhile: then it is dropped,
/// outside the lock.
pub(super) fn hand_back(shared: &Shared, on: On, handler: Handler) -> Guard<'_, Inner> {
    let mut inner = shared.lock();
    let slot = inner.handlers.slot(on);
    if slot.handler.is_none() {
        slot.handler = Some(handler);
        return inner;
    }
    drop(inner);
    discard(handler);
    shared.lock()
}

fn next_call(inner: &mut Inner) -> Option<Call> {
    // Nothing comes between error and close, whatever the error's handler does.
    let between = inner.handlers.slot(On::Error).told;
    let first = if between { On::Close } else { On::Open };
    let order = [first, On::Open, On::Message, On::Error, On::Close];
    order.into_iter().find_map(|on| call_of(inner, on))
}

/// The call of an event that its handler has not been told.
fn call_of(inner: &mut Inner, on: On) -> Option<Call> {
    // Asked first, for it is asked with every message; a copy of the event is dear.
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
    Some(Call { on, handler, event })
}

/// Calls a handler; its panic ends there.
pub(super) fn call_handler(handler: &mut Handler, event: SocketEvent) {
    contain_panic(|| handler(event));
}

/// Drops what the user captured; a panic of its `Drop` ends there.
pub(super) fn discard<T>(captured: T) {
    contain_panic(|| drop(captured));
}

/// Wakes the driver: the inbox has been emptied as far as handlers take it. After the end handlers are
/// dropped, so that one that holds its own task makes no lasting cycle.
pub(super) fn finish(shared: &Shared, mut inner: Guard<'_, Inner>) {
    if inner.dispatching {
        return;
    }
    let mut spent = None;
    if inner.close.is_some() {
        inner.waiters.forget_streams();
        shared.touch();
        spent = Some((std::mem::take(&mut inner.handlers), inner.detached.take()));
    }
    drop(inner);
    shared.wake_driver();
    if let Some((handlers, detached)) = spent {
        discard(handlers);
        discard(detached);
    }
}
