//! Sends text, files, and a large message.

use std::cell::Cell;
use std::rc::Rc;

use js_sys::Uint8Array;
use taro_socket::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};

use crate::app::App;
use crate::connection::Traffic;
use crate::log::Direction;

/// Bytes of the large message.
const LARGE: usize = 8 << 20;

/// Sends what is in the field.
pub(crate) fn text(app: &Rc<App>) {
    send(app, app.page.raw_value("text").into(), true);
}

/// Sends the chosen file as one binary message.
pub(crate) fn file(app: &Rc<App>) {
    let Some(file) = app.page.file("file") else {
        return app.page.text("echo", "Choose a file first.");
    };
    let app = Rc::clone(app);
    spawn_local(async move {
        match JsFuture::from(file.array_buffer()).await {
            Ok(buffer) => binary(&app, &file.name(), Uint8Array::new(&buffer).to_vec()),
            Err(_) => app.page.text("echo", "The browser cannot read this file."),
        }
    });
}

/// Sends 8 MiB in which no two parts are alike.
pub(crate) fn large(app: &Rc<App>) {
    let mut state = 0x9e37_79b9_u32;
    let words = std::iter::repeat_with(|| {
        // Xorshift (Marsaglia 2003).
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        state.to_le_bytes()
    });
    let bytes = words.take(LARGE / 4).flatten().collect();
    binary(app, "8 MiB", bytes);
}

fn binary(app: &Rc<App>, name: &str, bytes: Vec<u8>) {
    let expected = app.echo.expect(name, &bytes, app.page.now());
    if send(app, bytes.into(), true) {
        app.page.text("echo", &expected);
    } else {
        app.echo.refused();
    }
}

/// Sends a ping of the latency plot, if there is an open connection.
pub(crate) fn ping(app: &Rc<App>) {
    if app.connection.state() == ReadyState::Open {
        let text = app.latency.ping(app.page.now());
        send(app, text.into(), app.page.checked("log-pings"));
    }
}

/// Whether the message was admitted; what became of it later is shown as it comes.
fn send(app: &Rc<App>, message: Message, logged: bool) -> bool {
    let Some(task) = app.connection.task() else {
        app.show_failure("InvalidState", "Connect first.");
        return false;
    };
    let refused = Rc::new(Cell::new(false));
    let option = SendOption::new(message.clone()).fail({
        let (app, refused) = (Rc::clone(app), Rc::clone(&refused));
        move |error| {
            refused.set(true);
            app.show_error(&error);
        }
    });
    task.send_with(option);
    if refused.get() {
        return false;
    }
    Traffic::add(&app.connection.sent, &message);
    if logged {
        app.log.message(Direction::Sent, &message);
    }
    true
}
