//! What hosts that open connections by themselves are given.

use taro_socket_api::Header;
use wasm_bindgen::{JsValue, prelude::wasm_bindgen};

use crate::Record;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_name = Array)]
    type List;

    #[wasm_bindgen(constructor, js_class = "Array")]
    fn new() -> List;

    #[wasm_bindgen(method)]
    fn push(this: &List, text: &str) -> u32;
}

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
    let list = List::new();
    for text in texts {
        list.push(text);
    }
    list.into()
}
