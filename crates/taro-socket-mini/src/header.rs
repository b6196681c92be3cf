//! Header fields of the objects of hosts.

use taro_socket_api::Header;
use taro_socket_js::{names_of, property};
use wasm_bindgen::JsValue;

/// The fields of an object of strings; what is no string is left out. An array of strings is one field each.
#[must_use]
pub fn header_of(object: &JsValue) -> Header {
    let mut fields = Vec::new();
    append(&mut fields, object, None);
    // To collect them would be more code.
    Header::from(fields)
}

/// The strings of an object, named by their keys, or all by one name.
fn append(fields: &mut Vec<(String, String)>, object: &JsValue, name: Option<&str>) {
    for key in names_of(object) {
        let Some(value) = property(object, &key) else {
            continue;
        };
        match (value.as_string(), name) {
            (Some(text), _) => fields.push((name.unwrap_or(&key).to_owned(), text)),
            (None, None) => append(fields, &value, Some(&key)),
            (None, Some(_)) => {}
        }
    }
}
