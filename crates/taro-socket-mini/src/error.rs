//! What hosts throw and tell, as [`Error`].

use taro_socket_api::{CloseCause, Error, ErrorKind};
use taro_socket_js::{acts, describe, error_of_words, kind_of, number_of, text_of};
use wasm_bindgen::JsValue;

use crate::inner;

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
    let within = inner(value);
    let text = text_in(&within).or_else(|| text_in(value));
    let mut text = text.unwrap_or_else(|| describe(value));
    if text.starts_with("[object ") {
        text = String::from("the host gave no text");
    }
    let number = number_in(&within).or_else(|| number_in(value));
    let told = joined(what, ": ");
    let error = match known {
        None => Error::new(ErrorKind::Transport, joined(&told, &text)),
        Some(known) => {
            let found = known.iter().find(|(code, _)| Some(*code) == number);
            // Of what is not done to a socket, no number is about its state.
            let found = found.filter(|(_, kind)| *kind != ErrorKind::InvalidState || acts(what));
            let read = error_of_words(&told, &text);
            match found {
                // A status says more than any number.
                Some((_, kind)) if read.status().is_none() => {
                    Error::new(*kind, joined(&told, &text))
                }
                _ => named(read, value),
            }
        }
    };
    match number {
        Some(number) => error.with_host_code(number),
        None => error,
    }
}

fn text_in(value: &JsValue) -> Option<String> {
    let mut texts = TEXTS.iter().filter_map(|name| text_of(value, name));
    texts.find(|text| !text.is_empty())
}

fn number_in(value: &JsValue) -> Option<i64> {
    NUMBERS.iter().find_map(|name| number_of(value, name))
}

/// An exception's message does not name it.
fn named(error: Error, value: &JsValue) -> Error {
    match (error.kind(), kind_of(&describe(value))) {
        (ErrorKind::Unknown, kind) if kind != ErrorKind::Unknown => {
            Error::new(kind, error.reason().to_owned())
        }
        _ => error,
    }
}

/// What came of a send. Only what is open is sent through, so a host that finds it in no state to has met its end.
pub(crate) fn of_send(error: Error) -> Error {
    if error.kind() != ErrorKind::InvalidState {
        return error;
    }
    let aborted = Error::new(ErrorKind::Aborted, error.reason().to_owned());
    match error.host_code() {
        Some(code) => aborted.with_host_code(code),
        None => aborted,
    }
}

/// The connection broke; what the host says of it is kept.
pub(crate) fn broken(reason: &str) -> Error {
    let text = match reason {
        "" => String::from("the connection broke, and the host does not say why"),
        _ => joined("onClose: ", reason),
    };
    Error::new(ErrorKind::Transport, text)
}

/// The host ended the connection in the background; what it says of it is kept.
pub(crate) fn background(reason: &str) -> Error {
    let text = "the host ended the connection: the app was in the background";
    let text = match reason {
        "" => String::from(text),
        _ => joined(&joined(text, ": "), reason),
    };
    Error::new(ErrorKind::Aborted, text)
}

/// What an end with this error is caused by: what hosts interrupt is in the background.
pub(crate) fn cause_of(error: &Error) -> CloseCause {
    match error.kind() {
        ErrorKind::Aborted => CloseCause::Background,
        _ => CloseCause::Transport,
    }
}

fn joined(first: &str, second: &str) -> String {
    let mut text = String::from(first);
    text.push_str(second);
    text
}
