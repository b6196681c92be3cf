//! What hosts throw, as text and as [`Error`].

use taro_socket_api::{Error, ErrorKind};
use wasm_bindgen::{JsValue, prelude::wasm_bindgen};

#[wasm_bindgen]
extern "C" {
    /// `String(value)`; a `toString` of the value's own may throw.
    #[wasm_bindgen(catch, js_name = String)]
    fn to_text(value: &JsValue) -> Result<String, JsValue>;
}

/// What was thrown, as text: of an exception its name and message. Never empty.
#[must_use]
pub fn describe(thrown: &JsValue) -> String {
    match to_text(thrown) {
        Ok(text) if !text.is_empty() => text,
        _ => String::from("the host threw a value without a text"),
    }
}

/// The error of what was thrown by the function `what`; its kind is that of the exception's name.
#[must_use]
pub fn thrown(what: &str, value: &JsValue) -> Error {
    let text = describe(value);
    let kind = kind_of(&text);
    let mut reason = String::from(what);
    reason.push_str(": ");
    reason.push_str(&text);
    Error::new(kind, reason)
}

/// The kind of an exception, by the name that its text begins with (Web IDL §2.8.1, ECMAScript §20.5).
#[must_use]
pub fn kind_of(text: &str) -> ErrorKind {
    KINDS
        .iter()
        .find(|(name, _)| text.as_bytes().starts_with(name.as_bytes()))
        .map_or(ErrorKind::Unknown, |(_, kind)| *kind)
}

const KINDS: &[(&str, ErrorKind)] = &[
    ("SyntaxError", ErrorKind::InvalidArgument),
    ("InvalidAccessError", ErrorKind::InvalidArgument),
    ("InvalidStateError", ErrorKind::InvalidState),
    // The page's own policy, for example `ws://` in a page that came over https.
    ("SecurityError", ErrorKind::Unsupported),
    // A Content-Security-Policy, in Firefox.
    ("NS_ERROR_CONTENT_BLOCKED", ErrorKind::Unsupported),
    ("QuotaExceededError", ErrorKind::LimitExceeded),
    ("RangeError", ErrorKind::LimitExceeded),
    // No such function or class.
    ("ReferenceError", ErrorKind::HostUnavailable),
    ("TypeError", ErrorKind::HostUnavailable),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_exception_has_a_kind() {
        for (name, kind) in KINDS {
            assert_eq!(kind_of(&format!("{name}: no")), *kind, "{name}");
        }
        assert_eq!(kind_of("AbortError: no"), ErrorKind::Unknown);
        assert_eq!(kind_of(""), ErrorKind::Unknown);
    }
}
