//! Properties of a host's objects.

use js_sys::{Function, Object, Reflect};
use taro_socket_api::{Error, ErrorKind};
use wasm_bindgen::{JsCast, JsValue};

/// A property; `None` where it is missing, `null` or `undefined`, or its getter throws.
#[must_use]
pub fn property(value: &JsValue, name: &str) -> Option<JsValue> {
    // Of a primitive value it throws.
    let found = Reflect::get(value, &JsValue::from_str(name)).ok()?;
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
    method.unchecked_ref::<Function>().call1(this, argument)
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
        self.put(name, &value.into());
    }

    // Once in the module, not once for each property.
    #[inline(never)]
    fn put(&self, name: &str, value: &JsValue) {
        // A fresh, plain object takes every property.
        let _ = Reflect::set(&self.0, &JsValue::from_str(name), value);
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
