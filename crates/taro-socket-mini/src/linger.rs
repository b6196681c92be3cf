//! Sockets of the host that outlive their tasks, or do not close when asked.

use std::{rc::Rc, time::Duration};

use taro_socket_api::{Error, ErrorKind};
use taro_socket_js::connection::{Functions, Line as _, NORMAL};
use wasm_bindgen::JsValue;

use crate::{host::MiniConnection, signal, what};

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
    let frame = connection.host().own_close.frame();
    let (code, reason) = frame.map_or((NORMAL, ""), |frame| (frame.code(), frame.reason()));
    // It reports, or throws as it did before.
    let _ = connection.close_host(code, reason);
}
