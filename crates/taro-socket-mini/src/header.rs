//! Header fields of the objects of hosts.

use js_sys::{Array, Object};
use taro_socket_api::Header;
use wasm_bindgen::{JsCast, JsValue};

/// The fields of an object of strings; what is no string is left out. An array of strings is one field each.
#[must_use]
pub fn header_of(object: &JsValue) -> Header {
    let mut header = Header::new();
    if !object.is_object() {
        return header;
    }
    for entry in Object::entries(object.unchecked_ref()).iter() {
        let entry: Array = entry.unchecked_into();
        let (name, value) = (entry.get(0), entry.get(1));
        let Some(name) = name.as_string() else {
            continue;
        };
        if let Some(value) = value.as_string() {
            header.append(name, value);
        } else if Array::is_array(&value) {
            let values: Array = value.unchecked_into();
            for value in values.iter().filter_map(|value| value.as_string()) {
                header.append(name.clone(), value);
            }
        }
    }
    header
}
