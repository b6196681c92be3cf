//! What React Native throws and tells, as [`Error`].

use taro_socket_api::{Error, ErrorKind};
use taro_socket_js::{kind_of, thrown};
use wasm_bindgen::JsValue;

/// Something that React Native has thrown.
pub(crate) fn from_host(what: &str, value: &JsValue) -> Error {
    thrown(what, value)
}

/// The failure of a connection, by the text that the system's client gave; kept whole.
///
/// The kind is read loosely: OkHttp's texts and those of iOS are documented nowhere, and some are translated.
pub(crate) fn failure(text: Option<String>, opened: bool) -> Error {
    let text = text.filter(|text| !text.is_empty());
    let kind = match &text {
        _ if opened => ErrorKind::Transport,
        Some(text) => kind_of_words(text),
        None => ErrorKind::Unknown,
    };
    let silent = || String::from("the connection failed, and the system does not say why");
    Error::new(kind, text.unwrap_or_else(silent))
}

fn kind_of_words(text: &str) -> ErrorKind {
    let text = text.to_ascii_lowercase();
    let found = WORDS.iter().find(|(word, _)| text.contains(word));
    found.map_or_else(|| kind_of(&text), |(_, kind)| *kind)
}

/// In this order: a text may hold several.
const WORDS: &[(&str, ErrorKind)] = &[
    // The app's own policy: network security configuration, App Transport Security.
    ("cleartext", ErrorKind::Unsupported),
    ("app transport security", ErrorKind::Unsupported),
    ("invalid websocket url", ErrorKind::InvalidArgument),
    ("expected http 101", ErrorKind::Handshake),
    ("bad response code", ErrorKind::Handshake),
    ("header value", ErrorKind::Handshake),
    ("sec-websocket", ErrorKind::Handshake),
    ("too many follow-up requests", ErrorKind::Handshake),
    ("resolve host", ErrorKind::Dns),
    ("hostname could not be found", ErrorKind::Dns),
    ("nodename nor servname", ErrorKind::Dns),
    ("trust anchor", ErrorKind::Tls),
    ("certificate", ErrorKind::Tls),
    ("certpath", ErrorKind::Tls),
    ("ssl", ErrorKind::Tls),
    ("tls", ErrorKind::Tls),
    ("timeout", ErrorKind::Timeout),
    ("timed out", ErrorKind::Timeout),
    // `failed to connect to /10.0.2.2 (port 80) after 10000ms`
    (") after ", ErrorKind::Timeout),
    ("failed to connect", ErrorKind::Connect),
    ("refused", ErrorKind::Connect),
    ("unreachable", ErrorKind::Connect),
    ("connection to the server failed", ErrorKind::Connect),
];

/// A message, or what waits with it, is more than Android's client takes.
pub(crate) fn queue_full() -> Error {
    let text = "more than 16 MiB would wait in the system's queue, at which Android ends the connection: \
                await `send()`";
    Error::new(ErrorKind::LimitExceeded, text)
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test;

    use super::*;

    #[wasm_bindgen_test]
    fn texts_of_both_systems_have_a_kind_and_stay() {
        let table = [
            ("Failed to connect to /127.0.0.1:9", ErrorKind::Connect),
            (
                "failed to connect to /10.0.2.2 (port 80) from /10.0.2.15 (port 40000) after 10000ms",
                ErrorKind::Timeout,
            ),
            (
                "Unable to resolve host \"x.invalid\": No address associated with hostname",
                ErrorKind::Dns,
            ),
            (
                "java.security.cert.CertPathValidatorException: Trust anchor for certification path not found.",
                ErrorKind::Tls,
            ),
            (
                "CLEARTEXT communication to 10.0.2.2 not permitted by network security policy",
                ErrorKind::Unsupported,
            ),
            (
                "Expected HTTP 101 response but was '503 Service Unavailable'",
                ErrorKind::Handshake,
            ),
            (
                "Expected 'Connection' header value 'Upgrade' but was 'null'",
                ErrorKind::Handshake,
            ),
            (
                "Received bad response code from server: 403.",
                ErrorKind::Handshake,
            ),
            (
                "Invalid Sec-WebSocket-Accept response.",
                ErrorKind::Handshake,
            ),
            ("Timeout Connecting to Server.", ErrorKind::Timeout),
            (
                "The operation couldn’t be completed. Connection refused",
                ErrorKind::Connect,
            ),
            ("Invalid WebSocket URL", ErrorKind::InvalidArgument),
            ("etwas anderes", ErrorKind::Unknown),
        ];
        for (text, kind) in table {
            let error = failure(Some(text.to_owned()), false);
            assert_eq!((error.kind(), error.reason()), (kind, text));
            assert_eq!(
                failure(Some(text.to_owned()), true).kind(),
                ErrorKind::Transport
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
