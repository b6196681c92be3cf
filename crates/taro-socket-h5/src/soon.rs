//! Calls that come soon, in hidden pages too.

use std::{cell::Cell, rc::Rc, time::Duration};

use taro_socket_js::{Alarm, connection::Connection};
use wasm_bindgen::{JsCast, JsValue, closure::Closure, prelude::wasm_bindgen};
use web_sys::{MessageChannel, MessagePort};

use crate::task::Browser;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_name = document)]
    type Page;

    /// Page Visibility §4.1. Workers have no document.
    #[wasm_bindgen(catch, getter, static_method_of = Page, js_class = document)]
    fn hidden() -> Result<bool, JsValue>;
}

type Action = Closure<dyn Fn(JsValue)>;

/// Calls a connection soon: by a timer, or by a message where the page is hidden. Of hidden pages browsers hold timers
/// back, to one in a second or a minute (HTML §8.6), but not messages.
#[derive(Default)]
pub(crate) struct Soon {
    /// Made once for all calls.
    action: Cell<Option<Action>>,
    alarm: Cell<Option<Alarm>>,
    /// Made once there was a call to make in a hidden page; kept then.
    port: Cell<Option<MessagePort>>,
    waits: Cell<bool>,
}

impl Soon {
    /// Whether a call is on its way.
    pub(crate) fn is_waiting(&self) -> bool {
        self.waits.get()
    }

    /// Calls the connection with the number `what` after `delay`, if no call is on its way; with `eager` at once
    /// where the page is hidden. Whether there is one now.
    pub(crate) fn start(
        &self,
        connection: &Rc<Connection<Browser>>,
        what: u32,
        delay: Duration,
        eager: bool,
    ) -> bool {
        if !self.waits.get() {
            let action = self.action.take().unwrap_or_else(|| {
                let act = connection.act(what);
                Action::wrap_aborting(Box::new(act))
            });
            let function = action.as_js_value();
            let hidden = eager && Page::hidden() == Ok(true);
            let started = match hidden && self.post(function) {
                true => true,
                false => {
                    let alarm = Alarm::start(delay, function).ok();
                    let started = alarm.is_some();
                    self.alarm.set(alarm);
                    started
                }
            };
            self.waits.set(started);
            self.action.set(Some(action));
        }
        self.waits.get()
    }

    /// Whether the function is called by a message.
    fn post(&self, function: &JsValue) -> bool {
        let port = self.port.take().or_else(|| {
            let channel = MessageChannel::new().ok()?;
            let to = channel.port2();
            to.set_onmessage(Some(function.unchecked_ref()));
            Some(channel.port1())
        });
        let posted = port
            .as_ref()
            .is_some_and(|port| port.post_message(&JsValue::NULL).is_ok());
        self.port.set(port);
        posted
    }

    /// The call has come.
    pub(crate) fn came(&self) {
        self.waits.set(false);
    }

    pub(crate) fn stop(&self) {
        self.alarm.take();
        if let Some(port) = self.port.take() {
            port.close();
        }
        self.action.take();
    }
}
