//! What React Native throws and tells, as [`Error`].

use taro_socket_api::{Error, ErrorKind};
use taro_socket_js::{error_of_words, thrown};
use wasm_bindgen::JsValue;

/// Something that React Native has thrown.
pub(crate) fn from_host(what: &str, value: &JsValue) -> Error {
    thrown(what, value)
}

/// The failure of a connection, by the text that the system's client gave; kept whole.
pub(crate) fn failure(text: Option<String>, opened: bool) -> Error {
    let text = text.filter(|text| !text.is_empty());
    match text {
        Some(text) if opened => Error::new(ErrorKind::Transport, text),
        Some(text) => error_of_words("", &text),
        None => {
            let kind = match opened {
                true => ErrorKind::Transport,
                false => ErrorKind::Unknown,
            };
            Error::new(
                kind,
                "the connection failed, and the system does not say why",
            )
        }
    }
}

/// A message, or what waits with it, is more than Android's client takes.
pub(crate) fn queue_full() -> Error {
    let text = "more than 16 MiB would wait in the system's queue, at which Android ends the connection: \
                await `send()`, and send less than that at a time";
    Error::new(ErrorKind::LimitExceeded, text)
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test;

    use super::*;

    #[wasm_bindgen_test]
    fn texts_of_both_systems_have_a_kind_and_stay() {
        let table = [
            (
                "Failed to connect to /127.0.0.1:9",
                ErrorKind::Connect,
                None,
            ),
            (
                "Expected HTTP 101 response but was '503 Service Unavailable'",
                ErrorKind::Handshake,
                Some(503),
            ),
            (
                "Received bad response code from server: 403.",
                ErrorKind::Handshake,
                Some(403),
            ),
            ("etwas anderes", ErrorKind::Unknown, None),
        ];
        for (text, kind, status) in table {
            let error = failure(Some(text.to_owned()), false);
            assert_eq!((error.kind(), error.reason()), (kind, text));
            assert_eq!(error.status(), status);
            let broken = failure(Some(text.to_owned()), true);
            assert_eq!(
                (broken.kind(), broken.status()),
                (ErrorKind::Transport, None)
            );
        }
    }

    #[wasm_bindgen_test]
    fn a_failure_without_text_has_one_all_the_same() {
        for text in [None, Some(String::new())] {
            let error = failure(text, false);
            assert_eq!(error.kind(), ErrorKind::Unknown);
            assert!(error.reason().contains("does not say why"), "{error}");
        }
    }

    #[wasm_bindgen_test]
    fn what_the_class_throws_keeps_its_text() {
        let thrown = js_sys::Error::new("INVALID_STATE_ERR").into();
        let error = from_host("WebSocket.send", &thrown);
        assert_eq!(error.reason(), "WebSocket.send: Error: INVALID_STATE_ERR");
    }
}
