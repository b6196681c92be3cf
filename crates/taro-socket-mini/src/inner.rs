//! Where in an event a host tells what it tells.

use taro_socket_js::property;
use wasm_bindgen::JsValue;

/// What is told is in `data` of what is given, or is what is given: of one vendor there are both.
#[must_use]
pub fn inner(event: &JsValue) -> JsValue {
    let data = property(event, "data").filter(JsValue::is_object);
    match data {
        Some(data) if !is_buffer(&data) => data,
        _ => event.clone(),
    }
}

/// Buffers have a length in bytes, of whatever realm they are.
fn is_buffer(value: &JsValue) -> bool {
    property(value, "byteLength").is_some()
}
