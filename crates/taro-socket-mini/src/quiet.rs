//! Promises that nobody asked for.

use taro_socket_js::{call, property};
use wasm_bindgen::JsValue;

/// Leads a rejection of what a host's function has given back to `rejected`: some give promises besides calling back, or
/// instead, and a rejection that nobody takes on is an error of the whole app.
pub(crate) fn quiet(given: &JsValue, rejected: &JsValue) {
    if given.is_object() && property(given, "then").is_some() {
        let _ = call(given, "catch", rejected);
    }
}
