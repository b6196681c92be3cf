//! What goes through a task of Alipay.

use taro_socket_api::{CloseFrame, ConnectRequest, Error, Message, OpenEvent, Result};
use taro_socket_js::{
    PlainText, Record, Unread, connection::HostEnd, millis, number_of, property, read, text_of,
};
use taro_socket_mini::{Dialect, decode, encode, end_of, from_host, inner};
use wasm_bindgen::JsValue;

use crate::error::KNOWN;

/// Alipay's way of saying things.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Alipay;

impl Alipay {
    pub(crate) const fn new() -> Self {
        Self
    }
}

impl Dialect for Alipay {
    fn connect(&self, request: &ConnectRequest, options: &Record) {
        // Without it there is one socket for the whole app and no task; the default differs by version.
        options.set("multiple", true);
        options.set("timeout", millis(request.timeout()).max(1));
    }

    fn opened(&self, _event: &JsValue) -> OpenEvent {
        OpenEvent::default()
    }

    fn message(&self, event: &JsValue, max_bytes: usize) -> Result<Message, Unread> {
        let event = inner(event);
        let flagged = property(&event, "isBuffer").is_some_and(|flag| flag.is_truthy());
        match property(&event, "data") {
            // What is empty may be left out.
            None if flagged => Ok(Message::Binary(Vec::new().into())),
            None => Ok(Message::from("")),
            Some(data) if flagged && data.is_string() => {
                // Four digits are three bytes; what is longer is not copied.
                let max_digits = max_bytes.div_ceil(3).saturating_mul(4);
                let encoded = read(&data, &PlainText, max_digits)?;
                decode(encoded.as_text().unwrap_or_default(), max_bytes)
            }
            Some(data) => read(&data, &PlainText, max_bytes),
        }
    }

    fn send(&self, message: &Message, options: &Record) -> Result<()> {
        match message {
            Message::Text(text) => options.set("data", &**text),
            Message::Binary(bytes) => {
                options.set("data", encode(bytes)?);
                options.set("isBuffer", true);
            }
        }
        Ok(())
    }

    fn closed(&self, event: &JsValue, asked: Option<&CloseFrame>) -> HostEnd {
        let event = inner(event);
        let reason = text_of(&event, "reason");
        end_of(number_of(&event, "code"), reason, asked)
    }

    fn id_name(&self) -> &'static str {
        "socketTaskID"
    }

    fn error(&self, what: &str, value: &JsValue) -> Error {
        from_host(what, value, KNOWN)
    }
}

#[cfg(test)]
mod tests {
    use js_sys::{JsString, Uint8Array};
    use wasm_bindgen_test::wasm_bindgen_test;

    use super::*;

    fn record(properties: &[(&str, JsValue)]) -> JsValue {
        let record = Record::new();
        for (name, value) in properties {
            record.set(name, value);
        }
        record.as_js().clone()
    }

    fn message(event: &JsValue, max_bytes: usize) -> Result<Message, Unread> {
        Alipay.message(event, max_bytes)
    }

    #[wasm_bindgen_test]
    fn all_forms_of_a_message_are_read() {
        let buffer = JsValue::from(Uint8Array::from(&[1, 255][..]).buffer());
        let text = JsValue::from_str;
        let table = [
            (vec![("data", text("汉"))], Ok(Message::from("汉"))),
            (vec![("data", text("AQI="))], Ok(Message::from("AQI="))),
            (vec![("data", text(""))], Ok(Message::from(""))),
            (vec![], Ok(Message::from(""))),
            (
                vec![("data", text("Af8=")), ("isBuffer", JsValue::TRUE)],
                Ok(Message::from(&[1, 255])),
            ),
            (
                vec![("data", text("Af8")), ("isBuffer", JsValue::TRUE)],
                Ok(Message::from(&[1, 255])),
            ),
            (
                vec![("data", text("")), ("isBuffer", JsValue::TRUE)],
                Ok(Message::from(&[])),
            ),
            (vec![("isBuffer", JsValue::TRUE)], Ok(Message::from(&[]))),
            (
                vec![("data", buffer.clone()), ("isBuffer", JsValue::TRUE)],
                Ok(Message::from(&[1, 255])),
            ),
            (vec![("data", buffer)], Ok(Message::from(&[1, 255]))),
            (
                vec![("data", text("*")), ("isBuffer", JsValue::TRUE)],
                Err(Unread::Strange),
            ),
        ];
        for (properties, expected) in table {
            let flat = record(&properties);
            let nested = record(&[("data", flat.clone())]);
            assert_eq!(message(&nested, 100), expected, "{properties:?}");
            if !properties.is_empty() {
                assert_eq!(message(&flat, 100), expected, "{properties:?} alone");
            }
        }
    }

    #[wasm_bindgen_test]
    fn what_is_too_long_is_refused() {
        let flagged = |text: &str| {
            let inner = record(&[("data", text.into()), ("isBuffer", JsValue::TRUE)]);
            record(&[("data", inner)])
        };
        assert_eq!(message(&flagged("AAAA"), 3), Ok(Message::from(&[0; 3])));
        for text in ["AAAAAA==", "AAAAAAAA"] {
            assert_eq!(message(&flagged(text), 3), Err(Unread::TooLong), "{text}");
        }
    }

    /// Pages of memory are of 64 KiB, and are never given back.
    #[wasm_bindgen_test]
    fn what_is_too_long_is_not_copied() {
        let long = JsString::from("AAAA").repeat(2 << 20);
        for flag in [JsValue::FALSE, JsValue::TRUE] {
            let inner = record(&[("data", long.clone().into()), ("isBuffer", flag)]);
            let before = core::arch::wasm32::memory_size(0);
            assert_eq!(message(&inner, 1000), Err(Unread::TooLong));
            let after = core::arch::wasm32::memory_size(0);
            assert!(after - before < 16, "{before} to {after} pages");
        }
    }

    #[wasm_bindgen_test]
    fn no_bound_is_too_large() {
        let inner = record(&[("data", "Af8=".into()), ("isBuffer", JsValue::TRUE)]);
        assert_eq!(message(&inner, usize::MAX), Ok(Message::from(&[1, 255])));
    }
}
