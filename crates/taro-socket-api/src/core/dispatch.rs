//! Calling the user's handlers, one at a time and never under the lock.

use std::{sync::MutexGuard, task::Waker};

use super::{
    handlers::{Handler, On},
    inner::{Inner, Shared},
};
use crate::{SocketEvent, panics::contain_panic};

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
pub(super) fn drain<'a>(shared: &'a Shared, inner: MutexGuard<'a, Inner>) {
    let mut inner = tell(shared, inner);
    inner.dispatching = false;
    finish(shared, inner);
}

/// Runs with `dispatching` set by the caller, until nothing is left to tell.
pub(super) fn tell<'a>(
    shared: &'a Shared,
    mut inner: MutexGuard<'a, Inner>,
) -> MutexGuard<'a, Inner> {
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
pub(super) fn hand_back(shared: &Shared, on: On, handler: Handler) -> MutexGuard<'_, Inner> {
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
    let close = |inner: &mut Inner| latched(inner, On::Close);
    between
        .then(|| close(inner))
        .flatten()
        .or_else(|| latched(inner, On::Open))
        .or_else(|| buffered(inner))
        // The error is told together with the close, so that nothing comes between them.
        .or_else(|| inner.close.is_some().then(|| latched(inner, On::Error))?)
        .or_else(|| close(inner))
}

/// The call of a latched event that its handler has not been told.
fn latched(inner: &mut Inner, on: On) -> Option<Call> {
    // Asked first, for it is asked with every message; a copy of the event is dear.
    let slot = inner.handlers.slot(on);
    if slot.told || slot.handler.is_none() {
        return None;
    }
    let event = match on {
        On::Open => SocketEvent::Open(inner.open.clone()?),
        On::Error => SocketEvent::Error(inner.error.clone()?),
        On::Close => SocketEvent::Close(inner.close.clone()?),
        On::Message => return None,
    };
    let slot = inner.handlers.slot(on);
    let handler = slot.handler.take()?;
    slot.told = true;
    Some(Call { on, handler, event })
}

fn buffered(inner: &mut Inner) -> Option<Call> {
    if inner.inbox.is_empty() {
        return None;
    }
    let on = On::Message;
    let handler = inner.handlers.slot(on).handler.take()?;
    let event = inner.unbuffer()?;
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
pub(super) fn finish(shared: &Shared, mut inner: MutexGuard<'_, Inner>) {
    if inner.dispatching {
        return;
    }
    let driver = inner.driver.take();
    let mut spent = None;
    if inner.close.is_some() {
        inner.streams.clear();
        shared.touch();
        spent = Some((std::mem::take(&mut inner.handlers), inner.detached.take()));
    }
    drop(inner);
    driver.into_iter().for_each(Waker::wake);
    if let Some((handlers, detached)) = spent {
        discard(handlers);
        discard(detached);
    }
}
