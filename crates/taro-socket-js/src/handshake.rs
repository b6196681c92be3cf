//! What hosts that open connections by themselves are given.

use js_sys::{Array, Reflect};
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
    let list = Array::new();
    for (at, text) in (0_u32..).zip(texts) {
        // Not `push`, for what sets properties is there already. A fresh, plain array takes every text.
        let _ = Reflect::set(&list, &at.into(), &JsValue::from_str(text));
    }
    list.into()
}
