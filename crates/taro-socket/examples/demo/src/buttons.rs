//! Which button does what.

use std::rc::Rc;
use std::time::Duration;

use taro_socket::prelude::*;
use wasm_bindgen::JsValue;

use crate::app::App;
use crate::listeners::Listeners;
use crate::page::Page;
use crate::{connecting, faults, sending};

/// How often numbers and lists are brought up to date, and how often a ping is sent, in milliseconds.
const TICK: i32 = 100;
const PING: i32 = 250;

/// What a click does: the element's id, its event, the action.
type Action = (&'static str, &'static str, fn(&Rc<App>));

const ACTIONS: [Action; 13] = [
    ("connect-form", "submit", connect),
    ("text-form", "submit", sending::text),
    ("file-form", "submit", sending::file),
    ("send-large", "click", sending::large),
    ("close-form", "submit", close),
    ("drop", "click", faults::drop_connection),
    ("stall", "click", faults::stall),
    ("resume", "click", faults::resume),
    ("flood", "click", faults::flood),
    ("close-4001", "click", faults::close),
    ("silent", "click", faults::silent),
    ("latency-clear", "click", |app| app.latency.clear()),
    ("log-clear", "click", |app| app.log.clear(&app.page)),
];

/// Listens to every button; what is given back has to be kept.
pub(crate) fn start() -> Result<Listeners, JsValue> {
    let app = Rc::new(App::new(Page::new()?));
    app.page.set_value("url", &own_url(&app.page)?);
    app.show_state();
    app.tick()?;
    let mut listeners = Listeners::default();
    for (id, event, action) in ACTIONS {
        let held = Rc::clone(&app);
        listeners.on(&app.page, id, event, move || action(&held))?;
    }
    let held = Rc::clone(&app);
    listeners.every(&app.page, PING, move || {
        if held.page.checked("latency") {
            sending::ping(&held);
        }
    })?;
    let held = Rc::clone(&app);
    listeners.every(&app.page, TICK, move || {
        // All elements were there at the start.
        let _ = held.tick();
    })?;
    Ok(listeners)
}

/// The echo of the server that the page is from. The id names the connection to its control channel.
fn own_url(page: &Page) -> Result<String, JsValue> {
    let location = page.window.location();
    let scheme = match &*location.protocol()? {
        "https:" => "wss",
        _ => "ws",
    };
    let id = js_sys::Math::random().to_bits() & 0xffff_ffff;
    Ok(format!("{scheme}://{}/echo?id={id:08x}", location.host()?))
}

fn connect(app: &Rc<App>) {
    let seconds = app.page.value("timeout").parse().ok();
    let timeout = seconds.and_then(|seconds| Duration::try_from_secs_f64(seconds).ok());
    match timeout {
        Some(timeout) => connecting::connect(app, &app.page.value("url"), timeout),
        None => app.show_failure("InvalidArgument", "The timeout is a number of seconds."),
    }
}

fn close(app: &Rc<App>) {
    let Ok(code) = app.page.value("code").parse() else {
        let text = "The close code is a number: 1000, or 3000 to 4999.";
        return app.show_failure("InvalidArgument", text);
    };
    let Some(task) = app.connection.task() else {
        return app.show_failure("InvalidState", "Connect first.");
    };
    app.forget_error();
    let option = CloseOption::new().code(code);
    let option = option.reason(app.page.raw_value("reason"));
    let held = Rc::clone(app);
    task.close_with(option.fail(move |error| held.show_error(&error)));
    app.show_state();
}
