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

/// The kind by the first of `words` that occur in a host's text, in any case, or by the exception that it names.
#[must_use]
pub fn kind_of_words(text: &str, words: &[(&str, ErrorKind)]) -> ErrorKind {
    let found = words.iter().find(|(words, _)| has(text, words));
    found.map_or_else(|| kind_of(text), |(_, kind)| *kind)
}

/// Whether the words occur, in any case. `str::contains` brings much more code along.
fn has(text: &str, words: &str) -> bool {
    let (text, words) = (text.as_bytes(), words.as_bytes());
    !words.is_empty()
        && text
            .windows(words.len())
            .any(|part| part.eq_ignore_ascii_case(words))
}

const KINDS: &[(&str, ErrorKind)] = &[
    ("SyntaxError", ErrorKind::InvalidArgument),
    ("InvalidAccessError", ErrorKind::InvalidArgument),
    ("InvalidStateError", ErrorKind::InvalidState),
    // The page's own policy, for example `ws://` in a page that came over https.
    ("SecurityError", ErrorKind::Unsupported),
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

    #[test]
    fn words_have_a_kind_wherever_they_are() {
        let words = [
            ("", ErrorKind::Tls),
            ("timed out", ErrorKind::Timeout),
            ("out", ErrorKind::Connect),
        ];
        let table = [
            ("it Timed Out today", ErrorKind::Timeout),
            ("out", ErrorKind::Connect),
            ("timed ou", ErrorKind::Unknown),
            ("SyntaxError: no", ErrorKind::InvalidArgument),
            ("", ErrorKind::Unknown),
        ];
        for (text, kind) in table {
            assert_eq!(kind_of_words(text, &words), kind, "{text}");
        }
    }
}
