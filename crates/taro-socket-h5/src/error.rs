//! What browsers throw and tell, as [`Error`].

use taro_socket_api::{Error, ErrorKind};
use taro_socket_js::thrown;
use wasm_bindgen::JsValue;

/// Something that the browser has thrown.
pub(crate) fn from_host(what: &str, value: &JsValue) -> Error {
    thrown(what, value)
}

/// The connection failed: before it was open, or after. Browsers keep why from pages (WHATWG WebSockets §4).
pub(crate) fn lost(opened: bool) -> Error {
    let (kind, text) = match opened {
        false => (
            ErrorKind::Unknown,
            "the browser could not connect; only its console tells why: no answer, a refusal, a certificate, or a \
             Content-Security-Policy without the server in connect-src",
        ),
        true => (
            ErrorKind::Transport,
            "the connection broke; only the browser's console tells why",
        ),
    };
    Error::new(kind, text)
}

#[cfg(test)]
mod tests {
    use wasm_bindgen::{JsCast, JsValue};
    use wasm_bindgen_test::wasm_bindgen_test;

    use super::*;

    #[wasm_bindgen_test]
    fn an_exception_keeps_its_name_and_message() {
        let table = [
            (
                js_sys::RangeError::new("too far").into(),
                ErrorKind::LimitExceeded,
                "RangeError: too far",
            ),
            (
                js_sys::TypeError::new("no").into(),
                ErrorKind::HostUnavailable,
                "TypeError: no",
            ),
            (JsValue::from_str("plain"), ErrorKind::Unknown, "plain"),
            (JsValue::UNDEFINED, ErrorKind::Unknown, "undefined"),
            (
                js_sys::Object::create(JsValue::NULL.unchecked_ref::<js_sys::Object>()).into(),
                ErrorKind::Unknown,
                "the host threw a value without a text",
            ),
        ];
        for (value, kind, text) in table {
            let error = from_host("call", &value);
            assert_eq!(
                (error.kind(), error.reason()),
                (kind, &*format!("call: {text}"))
            );
        }
    }
}
