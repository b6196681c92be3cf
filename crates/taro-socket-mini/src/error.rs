//! What hosts throw and tell, as [`Error`].

use taro_socket_api::{Error, ErrorKind};
use taro_socket_js::{describe, kind_of, kind_of_words, number_of, text_of};
use wasm_bindgen::JsValue;

/// A host's own number and its kind.
pub type Known = (i64, ErrorKind);

/// Where hosts put their text, and where their number. `error` of Alipay is a number, elsewhere perhaps a text.
const TEXTS: [&str; 4] = ["errMsg", "errorMessage", "message", "error"];
const NUMBERS: [&str; 5] = ["errno", "errCode", "errorCode", "error", "code"];

/// The error in what the function `what` has thrown, or has given to `fail` or `onError`.
///
/// The host's text is kept whole. The kind is that of the host's number if `known` has it, otherwise of the
/// words in the text: a loose reading, since the texts are documented nowhere and differ from device to device.
#[must_use]
pub fn from_host(what: &str, value: &JsValue, known: &[Known]) -> Error {
    told(what, value, Some(known))
}

/// The error of an open connection: whatever the host calls it, the connection broke.
pub(crate) fn while_open(what: &str, value: &JsValue) -> Error {
    told(what, value, None)
}

fn told(what: &str, value: &JsValue, known: Option<&[Known]>) -> Error {
    let text = TEXTS.iter().find_map(|name| text_of(value, name));
    let mut text = text.unwrap_or_else(|| describe(value));
    if text.starts_with("[object ") {
        text = String::from("the host gave no text");
    }
    let number = NUMBERS.iter().find_map(|name| number_of(value, name));
    let kind = match known {
        None => ErrorKind::Transport,
        Some(known) => match known.iter().find(|(code, _)| Some(*code) == number) {
            Some((_, kind)) => *kind,
            None => kind_in(&text, value),
        },
    };
    let mut reason = String::from(what);
    reason.push_str(": ");
    reason.push_str(&text);
    let error = Error::new(kind, reason);
    match number {
        Some(number) => error.with_host_code(number),
        None => error,
    }
}

fn kind_in(text: &str, value: &JsValue) -> ErrorKind {
    match kind_of_words(text, WORDS) {
        // An exception's message does not name it.
        ErrorKind::Unknown => kind_of(&describe(value)),
        kind => kind,
    }
}

/// In this order: a text may hold several.
const WORDS: &[(&str, ErrorKind)] = &[
    ("domain list", ErrorKind::Unsupported),
    ("url check fail", ErrorKind::Unsupported),
    ("check url fail", ErrorKind::Unsupported),
    ("max concurrent", ErrorKind::LimitExceeded),
    ("max concurrency", ErrorKind::LimitExceeded),
    ("max websocket connect count", ErrorKind::LimitExceeded),
    ("not exist", ErrorKind::InvalidState),
    ("not open", ErrorKind::InvalidState),
    ("status error", ErrorKind::InvalidState),
    ("certificate", ErrorKind::Tls),
    ("ssl", ErrorKind::Tls),
    ("tls", ErrorKind::Tls),
    ("timeout", ErrorKind::Timeout),
    ("timed out", ErrorKind::Timeout),
    ("interrupted", ErrorKind::Aborted),
    ("http status", ErrorKind::Handshake),
    ("sec-websocket", ErrorKind::Handshake),
    ("handshake", ErrorKind::Handshake),
    ("getaddrinfo", ErrorKind::Dns),
    ("not resolved", ErrorKind::Dns),
    ("refused", ErrorKind::Connect),
    ("unreachable", ErrorKind::Connect),
    ("no function", ErrorKind::HostUnavailable),
    ("typeerror", ErrorKind::HostUnavailable),
];

/// The open connection broke, and the host does not say why.
pub(crate) fn broken() -> Error {
    let text = "the connection broke, and the host does not say why";
    Error::new(ErrorKind::Transport, text)
}

/// The host ended the connection in the background.
pub(crate) fn background() -> Error {
    let text = "the host ended the connection because the app was in the background";
    Error::new(ErrorKind::Aborted, text)
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test;

    use super::*;

    #[wasm_bindgen_test]
    fn words_that_hosts_are_known_for_have_a_kind() {
        let table = [
            (
                "createSocketTask:fail url not in domain list",
                ErrorKind::Unsupported,
            ),
            (
                "createSocketTask:fail wcwss taskID=6 exceed max concurrent count",
                ErrorKind::LimitExceeded,
            ),
            (
                "sendSocketMessage:fail taskID not exist",
                ErrorKind::InvalidState,
            ),
            (
                "exception onOpen fail code:20, msg:Invalid HTTP status.",
                ErrorKind::Handshake,
            ),
            (
                "open fail: _code:20,_msg:Invalid HTTP status.",
                ErrorKind::Handshake,
            ),
            ("Excedding max concurrency 5", ErrorKind::LimitExceeded),
            ("Status error,current 3", ErrorKind::InvalidState),
            ("interrupted", ErrorKind::Aborted),
            ("something else", ErrorKind::Unknown),
            ("", ErrorKind::Unknown),
        ];
        for (text, kind) in table {
            assert_eq!(kind_of_words(text, WORDS), kind, "{text}");
        }
    }
}
