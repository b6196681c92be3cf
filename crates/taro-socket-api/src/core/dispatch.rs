//! Calling the user's handlers, one at a time and never under the lock.

use std::{sync::MutexGuard, task::Waker};

use super::inner::{Handlers, Inner, Shared, Slot};
use crate::{
    CloseEvent, ErrorEvent, MessageEvent, OpenEvent, ReadyState, maybe_send::BoxFnMut,
    panics::contain_panic,
};

/// A handler taken out of its slot, with the event it is to be told.
enum Call {
    Open(BoxFnMut<OpenEvent>, OpenEvent),
    Message(BoxFnMut<MessageEvent>, MessageEvent),
    Error(BoxFnMut<ErrorEvent>, ErrorEvent),
    Close(BoxFnMut<CloseEvent>, CloseEvent),
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
        run(shared, call);
        inner = shared.lock();
    }
    inner
}

fn next_call(inner: &mut Inner) -> Option<Call> {
    let Inner {
        handlers,
        open,
        error,
        close,
        ..
    } = inner;
    if handlers.error.told {
        // Nothing comes between error and close, whatever the error's handler does.
        if let Some((handler, event)) = untold(&mut handlers.close, close.as_ref()) {
            return Some(Call::Close(handler, event));
        }
    }
    if let Some((handler, event)) = untold(&mut handlers.open, open.as_ref()) {
        return Some(Call::Open(handler, event));
    }
    if !inner.inbox.is_empty() && inner.handlers.message.handler.is_some() {
        let event = inner.unbuffer()?;
        let handler = inner.handlers.message.handler.take()?;
        return Some(Call::Message(handler, event));
    }
    // The error is told together with the close, so that nothing comes between them.
    let close = close.as_ref()?;
    if let Some((handler, event)) = untold(&mut inner.handlers.error, error.as_ref()) {
        return Some(Call::Error(handler, event));
    }
    let (handler, event) = untold(&mut inner.handlers.close, Some(close))?;
    Some(Call::Close(handler, event))
}

fn untold<E: Clone>(slot: &mut Slot<E>, event: Option<&E>) -> Option<(BoxFnMut<E>, E)> {
    if slot.told {
        return None;
    }
    let event = event?;
    let handler = slot.handler.take()?;
    slot.told = true;
    Some((handler, event.clone()))
}

fn run(shared: &Shared, call: Call) {
    match call {
        Call::Open(handler, event) => {
            run_one(shared, handler, event, |handlers| &mut handlers.open)
        }
        Call::Message(handler, event) => {
            run_one(shared, handler, event, |handlers| &mut handlers.message)
        }
        Call::Error(handler, event) => {
            run_one(shared, handler, event, |handlers| &mut handlers.error)
        }
        Call::Close(handler, event) => {
            run_one(shared, handler, event, |handlers| &mut handlers.close)
        }
    }
}

fn run_one<E>(
    shared: &Shared,
    mut handler: BoxFnMut<E>,
    event: E,
    slot: impl FnOnce(&mut Handlers) -> &mut Slot<E>,
) {
    call_handler(&mut handler, event);
    let mut inner = shared.lock();
    let slot = slot(&mut inner.handlers);
    // The handler may have registered its successor meanwhile; then it is dropped, outside the lock.
    let replaced = if slot.handler.is_none() {
        slot.handler = Some(handler);
        None
    } else {
        Some(handler)
    };
    drop(inner);
    discard(replaced);
}

/// Calls a handler; its panic ends there.
pub(super) fn call_handler<E>(handler: &mut BoxFnMut<E>, event: E) {
    contain_panic(|| handler(event));
}

/// Drops what the user captured; a panic of its `Drop` ends there.
pub(super) fn discard<T>(captured: T) {
    contain_panic(|| drop(captured));
}

/// After the end handlers are dropped, so that one that holds its own task makes no lasting cycle.
fn finish(shared: &Shared, mut inner: MutexGuard<'_, Inner>) {
    // The inbox has been emptied as far as handlers take it: the driver may have room again.
    let driver = inner.driver.take();
    if inner.close.is_none() {
        drop(inner);
        return driver.into_iter().for_each(Waker::wake);
    }
    debug_assert_eq!(shared.ready_state(), ReadyState::Closed);
    let handlers = std::mem::take(&mut inner.handlers);
    let detached = inner.detached.take();
    inner.streams.clear();
    shared.touch();
    drop(inner);
    driver.into_iter().for_each(Waker::wake);
    discard(handlers);
    discard(detached);
}
