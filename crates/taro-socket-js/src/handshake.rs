//! What hosts that open connections by themselves are given.

use js_sys::Array;
use taro_socket_api::Header;
use wasm_bindgen::JsValue;

use crate::Record;

/// An object with a property for each header field.
#[must_use]
pub fn header_to(header: &Header) -> JsValue {
    let object = Record::new();
    for (name, value) in header.iter() {
        object.set(name, value);
    }
    object.as_js().clone()
}

/// An array of texts, for example of subprotocols.
#[must_use]
pub fn list_of(texts: &[String]) -> JsValue {
    let list = texts.iter().map(|text| JsValue::from_str(text));
    list.collect::<Array>().into()
}
