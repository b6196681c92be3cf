//! Calls that come soon, in hidden pages too.

use std::{cell::Cell, rc::Rc, time::Duration};

use taro_socket_js::{Alarm, connection::Connection};
use wasm_bindgen::{JsCast, JsValue, closure::Closure, prelude::wasm_bindgen};
use web_sys::MessageChannel;

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
    channel: Cell<Option<MessageChannel>>,
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
        let channel = self.channel.take().or_else(|| {
            let channel = MessageChannel::new().ok()?;
            let to = channel.port2();
            to.set_onmessage(Some(function.unchecked_ref()));
            Some(channel)
        });
        let posted = channel
            .as_ref()
            .is_some_and(|channel| channel.port1().post_message(&JsValue::NULL).is_ok());
        self.channel.set(channel);
        posted
    }

    /// The call has come.
    pub(crate) fn came(&self) {
        self.waits.set(false);
    }

    pub(crate) fn stop(&self) {
        self.alarm.take();
        if let Some(channel) = self.channel.take() {
            // A message may be on its way, and comes all the same.
            channel.port2().set_onmessage(None);
            channel.port1().close();
        }
        self.action.take();
    }
}
