//! Events that name a socket before the host has told which name is the own one.

use std::{cell::Cell, time::Duration};

use taro_socket_js::{
    Alarm,
    connection::{Functions, Line as _, what as common},
};
use wasm_bindgen::JsValue;

use crate::{dial, host::MiniConnection, what};

/// How long a host may take to tell the own name after such an event. Some never do; then the events are the own ones.
const NAMELESS: Duration = Duration::from_millis(500);

/// More cannot be the own ones: the others are dropped.
const MOST: usize = 16;

/// Errors and closes that wait for the own name.
#[derive(Default)]
pub(crate) struct Held {
    events: Cell<Vec<(u32, JsValue)>>,
    timer: Cell<Option<Alarm>>,
    /// The host has told what it tells.
    over: Cell<bool>,
}

/// Whether an event is another socket's, or waits until that is known.
pub(crate) fn is_not_own(connection: &MiniConnection, what: u32, event: &JsValue) -> bool {
    let host = connection.host();
    let Some(id) = dial::id_in(&*host.dialect, event) else {
        return false;
    };
    match host.id.get() {
        Some(own) => *own != id,
        None if host.held.over.get() => false,
        None if what == common::OPENED => {
            // Whatever waits is told after it.
            let _ = host.id.set(id);
            told(connection);
            false
        }
        None => keep(connection, what, event),
    }
}

fn keep(connection: &MiniConnection, what: u32, event: &JsValue) -> bool {
    let held = &connection.host().held;
    let mut events = held.events.take();
    if events.is_empty() {
        let timer = Functions::timer(connection, NAMELESS, what::NAMELESS);
        held.timer.set(timer);
    }
    if events.len() < MOST {
        events.push((what, event.clone()));
    }
    held.events.set(events);
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
