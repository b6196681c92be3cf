//! What browsers throw and tell, as [`Error`].

use taro_socket_api::{Error, ErrorKind};
use taro_socket_js::{name_of, thrown};
use wasm_bindgen::JsValue;

/// Something that the browser has thrown.
pub(crate) fn from_host(what: &str, value: &JsValue) -> Error {
    thrown(kind_of(&name_of(value)), what, value)
}

/// By the name of the exception (Web IDL §2.8.1, ECMAScript §20.5).
fn kind_of(name: &str) -> ErrorKind {
    match name {
        "SyntaxError" | "InvalidAccessError" => ErrorKind::InvalidArgument,
        "InvalidStateError" => ErrorKind::InvalidState,
        // The page's own policy, for example `ws://` in a page that came over https.
        "SecurityError" => ErrorKind::Unsupported,
        "QuotaExceededError" | "RangeError" => ErrorKind::LimitExceeded,
        // No such function or class.
        "ReferenceError" | "TypeError" => ErrorKind::HostUnavailable,
        _ => ErrorKind::Unknown,
    }
}

/// The connection failed before it was open.
pub(crate) fn refused() -> Error {
    let text = "the browser could not connect; only its console tells why";
    Error::new(ErrorKind::Unknown, text)
}

/// The open connection broke.
pub(crate) fn broken() -> Error {
    let text = "the connection broke; only the browser's console tells why";
    Error::new(ErrorKind::Transport, text)
}

/// The connection was not open in time.
pub(crate) fn late() -> Error {
    let text = "the connection was not open within the timeout";
    Error::new(ErrorKind::Timeout, text)
}

/// A message went over its limit.
pub(crate) fn too_big() -> Error {
    let text = "a message is longer than Limits::max_message_bytes";
    Error::new(ErrorKind::LimitExceeded, text)
}

/// Nobody reads what comes in.
pub(crate) fn too_much() -> Error {
    let text = "messages wait unread beyond Limits::max_buffered_bytes or max_buffered_messages, \
                and a browser cannot be made to wait";
    Error::new(ErrorKind::LimitExceeded, text)
}

/// A message that is neither text nor an `ArrayBuffer`.
pub(crate) fn strange() -> Error {
    let text = "a message is neither text nor an ArrayBuffer: was binaryType changed?";
    Error::new(ErrorKind::Unknown, text)
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test;

    use super::*;

    #[wasm_bindgen_test]
    fn each_exception_has_a_kind() {
        let table = [
            ("SyntaxError", ErrorKind::InvalidArgument),
            ("InvalidAccessError", ErrorKind::InvalidArgument),
            ("InvalidStateError", ErrorKind::InvalidState),
            ("SecurityError", ErrorKind::Unsupported),
            ("QuotaExceededError", ErrorKind::LimitExceeded),
            ("RangeError", ErrorKind::LimitExceeded),
            ("ReferenceError", ErrorKind::HostUnavailable),
            ("TypeError", ErrorKind::HostUnavailable),
            ("", ErrorKind::Unknown),
            ("AbortError", ErrorKind::Unknown),
        ];
        for (name, kind) in table {
            assert_eq!(kind_of(name), kind, "{name}");
        }
    }
}
