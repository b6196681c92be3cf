//! What the host calls.

use std::rc::Rc;

use taro_socket_api::{CloseCause, CloseEvent, Flow, Header, OpenEvent, ReadyState};
use taro_socket_js::{PlainText, faults, number_of, property, read, text_of};
use wasm_bindgen::JsValue;

use super::Connection;
use crate::error;

/// What OkHttp says of the code 1005, which React Native gives back to it when a server closes without one.
const NO_STATUS: &str = "Code 1005 is reserved";

/// What iOS says, with code 1001, when TCP has ended without a Close frame.
const STREAM_END: &str = "Stream end encountered";

impl Connection {
    pub(super) fn open(self: &Rc<Self>, _event: &JsValue) {
        if self.opened.replace(true) {
            return;
        }
        if self.ended.get() {
            // It was given up, and Android did not hear of it.
            let _ = self.socket.close(1000, "");
            return self.release();
        }
        drop(self.timer.take());
        let protocol = text_of(&self.socket, "protocol").filter(|name| !name.is_empty());
        // OkHttp leaves it to its user.
        if !faults::may_be_selected(protocol.as_deref(), &self.protocols) {
            return self.fail(faults::unselected());
        }
        self.emitter.opened(OpenEvent::new(Header::new(), protocol));
    }

    pub(super) fn message(self: &Rc<Self>, event: &JsValue) {
        if self.emitter.ready_state() != ReadyState::Open {
            return;
        }
        let limit = self.emitter.limits().max_message_bytes;
        let data = property(event, "data").unwrap_or_default();
        let fault = match read(&data, &PlainText, limit) {
            Err(why) => faults::unread(why),
            Ok(message) => match self.emitter.message(message) {
                Flow::Pause => faults::too_much(),
                _ => return,
            },
        };
        self.fail(fault);
    }

    /// In 0.76 its event has the text; in 0.88 only the close event has, as its reason.
    pub(super) fn error(self: &Rc<Self>, event: &JsValue) {
        self.told.set(Some(text_of(event, "message")));
        if !self.ended.get() {
            self.ends_soon();
        }
    }

    pub(super) fn closed(self: &Rc<Self>, event: &JsValue) {
        if self.ended.get() {
            return self.release();
        }
        let code = number_of(event, "code").and_then(|code| u16::try_from(code).ok());
        let reason = text_of(event, "reason").unwrap_or_default();
        let asked = self.asked.get();
        let told = self.told.take();
        let clean = match &told {
            _ if !self.opened.get() => None,
            None => status(code, &reason),
            // The server has closed in order; what failed is the answer.
            Some(text) => text
                .as_ref()
                .unwrap_or(&reason)
                .starts_with(NO_STATUS)
                .then_some(None),
        };
        if let Some(code) = clean {
            let cause = match asked {
                true => CloseCause::Local,
                false => CloseCause::Remote,
            };
            let reason = match code {
                Some(_) => reason,
                None => String::new(),
            };
            return self.end(CloseEvent::clean(code, reason, cause));
        }
        if asked {
            return self.fall(CloseCause::Local);
        }
        let text = told.flatten().unwrap_or(reason);
        self.emitter
            .failed(error::failure(Some(text), self.opened.get()));
        // There is nothing left to open.
        self.opened.set(true);
        self.fall(CloseCause::Transport);
    }
}

/// The status of a close without an error: `Some(None)` is a frame without one, `None` no frame.
fn status(code: Option<u16>, reason: &str) -> Option<Option<u16>> {
    match code? {
        1001 if reason == STREAM_END => None,
        1005 => Some(None),
        code => faults::may_be_received(code).then_some(Some(code)),
    }
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test;

    use super::*;

    #[wasm_bindgen_test]
    fn only_what_a_peer_may_send_is_clean() {
        let table = [
            (Some(1000), "", Some(Some(1000))),
            (Some(4001), "bye", Some(Some(4001))),
            (Some(1001), "bye", Some(Some(1001))),
            (Some(1001), STREAM_END, None),
            (Some(1005), "", Some(None)),
            (Some(1006), "", None),
            (Some(0), "client is null", None),
            (None, "", None),
        ];
        for (code, reason, expected) in table {
            assert_eq!(status(code, reason), expected, "{code:?} {reason}");
        }
    }
}
