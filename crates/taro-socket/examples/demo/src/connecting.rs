//! Makes the connection, and shows what it tells.

use std::rc::Rc;
use std::time::Duration;

use taro_socket::prelude::*;
use wasm_bindgen_futures::spawn_local;

use crate::app::App;
use crate::connection::Traffic;
use crate::log::Direction;
use crate::words;

/// Connects as the form says. A refused argument leaves an earlier connection as it is.
pub(crate) fn connect(app: &Rc<App>, url: &str, timeout: Duration) {
    let protocols = app.page.value("protocols");
    let protocols = protocols.split(',').map(str::trim);
    let option = ConnectSocketOption::new(url)
        .protocols(protocols.filter(|name| !name.is_empty()))
        .timeout(timeout);
    app.forget_error();
    let task = match connect_socket_now(option) {
        Ok(task) => task,
        Err(error) => return app.show_error(&error),
    };
    let events = task.events();
    let number = app.connection.replace(task, url, app.page.now());
    app.connection_is_new();
    app.page.text("note", &format!("Connecting to {url}"));
    app.log.event("connect", url.to_owned());
    app.show_state();
    spawn_local(follow(Rc::clone(app), events, number));
}

/// Shows what a task tells, until its end or until there is a newer one.
async fn follow(app: Rc<App>, mut events: taro_socket::EventStream, number: u32) {
    while let Some(event) = events.next().await {
        if app.connection.number.get() != number {
            return;
        }
        match event {
            SocketEvent::Open(event) => opened(&app, &event),
            SocketEvent::Message(event) => received(&app, &event.data),
            SocketEvent::Error(event) => {
                app.log.event("error", event.err_msg());
                app.show_error(&event.error);
            }
            SocketEvent::Close(event) => closed(&app, &event),
        }
    }
}

fn opened(app: &App, event: &OpenEvent) {
    let took = words::milliseconds(app.page.now() - app.connection.begin.get());
    let protocol = event.protocol.as_deref().unwrap_or("none");
    app.page.text("protocol", protocol);
    app.log.event("open", format!("subprotocol: {protocol}"));
    let url = app.connection.url();
    app.page
        .text("note", &format!("Connected to {url} in {took}"));
    app.show_state();
}

fn received(app: &App, message: &Message) {
    Traffic::add(&app.connection.received, message);
    let now = app.page.now();
    match message {
        Message::Text(text) if app.latency.answer(text, now) => {
            if !app.page.checked("log-pings") {
                return;
            }
        }
        Message::Text(_) => {}
        Message::Binary(bytes) => {
            if let Some(words) = app.flood.count(bytes, now) {
                app.page.text("fault", &words);
            } else if let Some(words) = app.echo.compare(bytes, now) {
                app.page.text("echo", &words);
            }
        }
    }
    app.log.message(Direction::Received, message);
}

fn closed(app: &App, event: &CloseEvent) {
    let reason = match &*event.reason {
        "" => "(empty)",
        reason => reason,
    };
    let clean = if event.was_clean { "true" } else { "false" };
    let cause = format!("{:?}", event.cause);
    app.page.text("end-code", &event.code.to_string());
    app.page.text("end-reason", reason);
    app.page.text("end-clean", clean);
    app.page.text("end-cause", &cause);
    app.page.show("end", true);
    let line = format!("{} {reason}, wasClean {clean}, cause {cause}", event.code);
    app.log.event("close", line);
    let said = match &*event.reason {
        "" => String::new(),
        reason => format!(", \"{reason}\""),
    };
    app.page
        .text("note", &format!("Closed with {}{said}.", event.code));
    if app.echo.clear() {
        app.page.text("echo", "The end came before the echo.");
    }
    app.show_state();
}
