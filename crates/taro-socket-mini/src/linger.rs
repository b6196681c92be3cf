//! Sockets of the host that outlive their tasks, or do not close when asked.

use std::{rc::Rc, time::Duration};

use taro_socket_api::{Error, ErrorKind};
use taro_socket_js::{
    Record, call,
    connection::{Connection, Functions, Line as _, NORMAL, what as common},
};
use wasm_bindgen::JsValue;

use crate::{
    Slot,
    host::{Mini, MiniConnection},
    quiet::quiet,
    signal, what,
};

/// How long a host may take to tell of a socket's end after the task's; then it is asked again, and after another
/// such time the slot is free all the same. Not while the app is in the background, where hosts do nothing.
const LINGER: Duration = Duration::from_secs(75);

/// The task has ended, and its socket has not.
pub(crate) fn start(connection: &MiniConnection) {
    wait(connection);
    if signal::is_hidden() {
        close_when_shown(connection);
    }
}

fn wait(connection: &MiniConnection) {
    let timer = Functions::timer(connection, LINGER, what::LINGERED);
    connection.host().linger.set(timer);
}

/// The host has not told its socket's end.
pub(crate) fn lingered(connection: &MiniConnection) {
    match connection.host().asked_again.replace(true) {
        _ if signal::is_hidden() => {
            connection.host().asked_again.set(false);
            wait(connection);
        }
        false => {
            wait(connection);
            close_again(connection);
        }
        true => connection.release(),
    }
}

/// The host takes the close.
pub(crate) fn closes(connection: &MiniConnection) {
    connection.host().own_close.refusal.take();
    connection.close_accepted();
}

/// The host refuses to close.
pub(crate) fn stays(connection: &MiniConnection, error: Error) {
    let hidden = signal::is_hidden() || error.kind() == ErrorKind::Aborted;
    if !hidden && error.kind() == ErrorKind::InvalidState {
        // Its socket is closing already, and its end is told, or it is gone.
        return closes(connection);
    }
    let own_close = &connection.host().own_close;
    own_close.refusal.set(Some(error));
    // It was asked in the background, and tells of it when the app is on the screen again.
    let past = !signal::is_hidden() && (hidden || own_close.hidden.get());
    if past && !own_close.again.replace(true) {
        close_again(connection);
    } else if hidden || past {
        close_when_shown(connection);
    }
}

/// The app is on the screen again.
pub(crate) fn shown(connection: &MiniConnection) {
    connection.host().own_close.again.set(false);
    close_again(connection);
}

/// Nothing of the host is listened to any more, though it has not told its socket's end. In the background it may have
/// refused to close: then it is asked when the app is on the screen again, and the place is taken until then.
pub(crate) fn part(connection: &Connection<Mini>, slot: Slot) {
    let host = connection.host();
    let (Some(task), false) = (host.task.get().cloned(), host.gone.get()) else {
        return;
    };
    if !signal::is_hidden() {
        return;
    }
    let ignored = connection.line().function(common::IGNORED);
    let (code, reason) = frame(connection);
    let options = closing(code, reason, &ignored, &ignored);
    signal::when_shown(move || {
        // What it calls back reaches nothing.
        if let Ok(given) = call(&task, "close", options.as_js()) {
            quiet(&given, &ignored);
        }
        drop(slot);
    });
}

/// The options of `close`.
pub(crate) fn closing(code: u16, reason: &str, success: &JsValue, fail: &JsValue) -> Record {
    let options = Record::new();
    options.set("code", code);
    options.set("reason", reason);
    options.set("success", success);
    options.set("fail", fail);
    options
}

/// What the host is asked to close with.
fn frame(connection: &Connection<Mini>) -> (u16, &str) {
    let frame = connection.host().own_close.frame();
    frame.map_or((NORMAL, ""), |frame| (frame.code(), frame.reason()))
}

fn close_when_shown(connection: &MiniConnection) {
    let waiting = Rc::downgrade(connection);
    signal::when_shown(move || {
        if let Some(connection) = waiting.upgrade() {
            connection.heard(what::AGAIN, JsValue::UNDEFINED);
        }
    });
}

/// Asks the host to close, as long as it has a socket.
pub(crate) fn close_again(connection: &MiniConnection) {
    if connection.is_released() {
        return;
    }
    let (code, reason) = frame(connection);
    // It reports, or throws as it did before.
    let _ = connection.close_host(code, reason);
}
