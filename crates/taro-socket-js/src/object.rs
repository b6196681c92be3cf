//! Properties of a host's objects.

use taro_socket_api::{Error, ErrorKind};
use wasm_bindgen::{JsCast, JsValue, prelude::wasm_bindgen};

// Not those of js-sys: it brings a runtime for futures along into every module, whether used or not.
#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(catch, js_namespace = Reflect)]
    fn get(object: &JsValue, name: &str) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(catch, js_namespace = Reflect)]
    fn set(object: &JsValue, name: &str, value: &JsValue) -> Result<bool, JsValue>;

    #[wasm_bindgen(catch, js_namespace = Reflect, js_name = ownKeys)]
    fn own_keys(object: &JsValue) -> Result<Keys, JsValue>;

    type Keys;

    #[wasm_bindgen(method, getter)]
    fn length(this: &Keys) -> u32;

    #[wasm_bindgen(method, indexing_getter)]
    fn get(this: &Keys, at: u32) -> JsValue;

    type Method;

    #[wasm_bindgen(catch, method)]
    fn call(this: &Method, object: &JsValue, argument: &JsValue) -> Result<JsValue, JsValue>;

    #[derive(Clone, Debug)]
    type Object;

    #[wasm_bindgen(constructor)]
    fn new() -> Object;
}

/// A property; `None` where it is missing, `null` or `undefined`, or its getter throws.
#[must_use]
pub fn property(value: &JsValue, name: &str) -> Option<JsValue> {
    // Of a primitive value it throws.
    let found = get(value, name).ok()?;
    // One question for both, `null` and `undefined`.
    (!found.loose_eq(&JsValue::NULL)).then_some(found)
}

/// A property that is a string.
#[must_use]
pub fn text_of(value: &JsValue, name: &str) -> Option<String> {
    property(value, name)?.as_string()
}

/// A property that is a whole number of 32 bits, as such or written as JavaScript reads it.
#[must_use]
pub fn number_of(value: &JsValue, name: &str) -> Option<i64> {
    let found = property(value, name)?;
    let number = match found.as_f64() {
        Some(number) => number,
        // Of an empty text JavaScript makes zero.
        None if found.as_string()?.is_empty() => return None,
        None => found.unchecked_into_f64(),
    };
    let whole = number as i32;
    (f64::from(whole) == number).then(|| whole.into())
}

/// The names of an object's own properties; none where it is no object.
pub fn names_of(object: &JsValue) -> impl Iterator<Item = String> {
    let keys = own_keys(object).ok();
    let count = keys.as_ref().map_or(0, Keys::length);
    (0..count).filter_map(move |at| keys.as_ref()?.get(at).as_string())
}

/// Calls the method `name` of `this` with at most one argument.
///
/// # Errors
///
/// What the method throws; a text where there is none.
pub fn call(this: &JsValue, name: &str, argument: &JsValue) -> Result<JsValue, JsValue> {
    let Some(method) = property(this, name) else {
        let mut text = String::from("the host has no function ");
        text.push_str(name);
        return Err(JsValue::from_str(&text));
    };
    // What is no function throws a `TypeError`.
    method.unchecked_ref::<Method>().call(this, argument)
}

/// An object to hand over to a host.
#[derive(Clone, Debug)]
pub struct Record(Object);

impl Default for Record {
    fn default() -> Self {
        Self::new()
    }
}

impl Record {
    /// An object without properties.
    #[must_use]
    pub fn new() -> Self {
        Self(Object::new())
    }

    /// Sets a property.
    pub fn set(&self, name: &str, value: impl Into<JsValue>) {
        self.put(name, value.into());
    }

    // Once in the module, not once for each property.
    #[inline(never)]
    fn put(&self, name: &str, value: JsValue) {
        // A fresh, plain object takes every property.
        let _ = set(&self.0, name, &value);
    }

    /// The object.
    #[must_use]
    pub fn as_js(&self) -> &JsValue {
        &self.0
    }
}

/// The error of a host without the function `what`.
#[must_use]
pub fn missing(what: &str) -> Error {
    let mut text = String::from(what);
    text.push_str(" is missing in this host");
    Error::new(ErrorKind::HostUnavailable, text)
}
