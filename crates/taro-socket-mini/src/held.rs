//! Events that name a socket before the host has told which name is the own one.

use std::{
    cell::{Cell, OnceCell},
    time::Duration,
};

use taro_socket_api::CloseCause;
use taro_socket_js::{
    Alarm,
    connection::{Functions, HostError, Line as _, what as common},
    faults,
};
use wasm_bindgen::JsValue;

use crate::{dial, host::MiniConnection, what};

/// How long a host may take to tell the own name after such an event. Some never do; then the events are the own ones.
const NAMELESS: Duration = Duration::from_millis(500);

/// Events that wait for the own name.
#[derive(Default)]
pub(crate) struct Held {
    events: Cell<Vec<(u32, JsValue)>>,
    timer: Cell<Option<Alarm>>,
    /// The name of the open event. What `success` of `connectSocket` tells stands above it.
    opened_as: OnceCell<String>,
    /// The host has told what it tells.
    over: Cell<bool>,
    /// More waited than may: the connection fails.
    full: Cell<bool>,
}

/// Whether an event is another socket's, or waits until that is known.
pub(crate) fn is_not_own(connection: &MiniConnection, what: u32, event: &JsValue) -> bool {
    let host = connection.host();
    let held = &host.held;
    if held.full.get() && !connection.is_ended() {
        return true;
    }
    let id = dial::id_in(&*host.dialect, event);
    if let Some(own) = host.id.get().or_else(|| held.opened_as.get()) {
        return id.is_some_and(|id| *own != id);
    }
    let opens = what == common::OPENED && !connection.is_opened();
    // Of one task alone it can only be the own name.
    if opens && (held.over.get() || (host.allowance.slots)().taken() == 1) {
        if let Some(id) = id {
            let _ = held.opened_as.set(id);
            // Whatever waits is told after it.
            told(connection);
        }
        return false;
    }
    !held.over.get() && keep(connection, what, event, id.is_some())
}

/// Keeps an event that has a name, and whatever comes behind such a one.
fn keep(connection: &MiniConnection, what: u32, event: &JsValue, named: bool) -> bool {
    let held = &connection.host().held;
    let mut events = held.events.take();
    if events.is_empty() {
        let timer = match named {
            true => Functions::timer(connection, NAMELESS, what::NAMELESS),
            false => None,
        };
        // Without a timer nobody would tell it.
        if timer.is_none() {
            return false;
        }
        held.timer.set(timer);
    }
    let most = connection.emitter().limits().max_buffered_messages;
    if events.len() < most {
        events.push((what, event.clone()));
        held.events.set(events);
    } else {
        held.full.set(true);
        let error = Some(faults::too_much());
        connection.fails(HostError::Breaks(CloseCause::Transport, error));
    }
    true
}

/// The own name is known, or never will be.
pub(crate) fn told(connection: &MiniConnection) {
    let held = &connection.host().held;
    held.over.set(true);
    held.timer.take();
    for (what, event) in held.events.take() {
        connection.tell_last(what, event);
    }
}
