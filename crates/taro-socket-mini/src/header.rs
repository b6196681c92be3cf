//! Header fields of the objects of hosts.

use taro_socket_api::Header;
use taro_socket_js::{names_of, property};
use wasm_bindgen::JsValue;

/// The fields of an object of strings; what is no string is left out. An array of strings is one field each.
#[must_use]
pub fn header_of(object: &JsValue) -> Header {
    let mut header = Header::new();
    append(&mut header, object, None);
    header
}

/// The strings of an object, named by their keys, or all by one name.
fn append(header: &mut Header, object: &JsValue, name: Option<&str>) {
    for key in names_of(object) {
        let Some(value) = property(object, &key) else {
            continue;
        };
        match (value.as_string(), name) {
            (Some(text), _) => header.append(name.unwrap_or(&key), text),
            (None, None) => append(header, &value, Some(&key)),
            (None, Some(_)) => {}
        }
    }
}
