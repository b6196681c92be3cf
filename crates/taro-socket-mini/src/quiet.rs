//! Promises that nobody asked for.

use taro_socket_js::{call, property};
use wasm_bindgen::JsValue;

/// Takes on a rejection of what a host's function has given back: some give promises besides calling back, and a
/// rejection that nobody takes on is an error of the whole app.
pub(crate) fn quiet(given: &JsValue, ignored: &JsValue) {
    if given.is_object() && property(given, "then").is_some() {
        let _ = call(given, "catch", ignored);
    }
}
