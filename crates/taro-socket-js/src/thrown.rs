//! What hosts throw, as text and as [`Error`].

use js_sys::Reflect;
use taro_socket_api::{Error, ErrorKind};
use wasm_bindgen::JsValue;

/// The `name` of an exception, for example `SecurityError`; empty where it has none.
#[must_use]
pub fn name_of(thrown: &JsValue) -> String {
    text_of(thrown, "name").unwrap_or_default()
}

/// What was thrown, as text: the string itself, an exception's name and message, or what kind of value it is.
/// Never empty.
#[must_use]
pub fn describe(thrown: &JsValue) -> String {
    if let Some(text) = thrown.as_string().filter(|text| !text.is_empty()) {
        return text;
    }
    match (text_of(thrown, "name"), text_of(thrown, "message")) {
        (Some(name), Some(message)) => name + ": " + &message,
        (Some(text), None) | (None, Some(text)) => text,
        (None, None) => String::from("the host threw a value without a message"),
    }
}

/// The error of this kind and text, with what was thrown.
#[must_use]
pub fn thrown(kind: ErrorKind, what: &str, value: &JsValue) -> Error {
    Error::new(kind, String::from(what) + ": " + &describe(value))
}

/// A property that is a string with content. Its getter may throw.
fn text_of(value: &JsValue, property: &str) -> Option<String> {
    let text = Reflect::get(value, &JsValue::from_str(property)).ok()?;
    text.as_string().filter(|text| !text.is_empty())
}
