//! Properties of a host's objects.

use js_sys::{Function, Object, Reflect};
use taro_socket_api::{Error, ErrorKind};
use wasm_bindgen::{JsCast, JsValue};

/// A property; `None` where it is missing, `null` or `undefined`, or its getter throws.
#[must_use]
pub fn property(value: &JsValue, name: &str) -> Option<JsValue> {
    // Of a primitive value Reflect.get throws, which costs more than to ask.
    if !value.is_object() && !value.is_function() {
        return None;
    }
    let found = Reflect::get(value, &JsValue::from_str(name)).ok()?;
    (!found.is_undefined() && !found.is_null()).then_some(found)
}

/// A property that is a string.
#[must_use]
pub fn text_of(value: &JsValue, name: &str) -> Option<String> {
    property(value, name)?.as_string()
}

/// A property that is a whole number, as such or written in decimal digits.
#[must_use]
pub fn number_of(value: &JsValue, name: &str) -> Option<i64> {
    let found = property(value, name)?;
    match found.as_f64() {
        Some(number) if number.fract() == 0.0 => Some(number as i64),
        Some(_) => None,
        None => found.as_string()?.trim_ascii().parse().ok(),
    }
}

/// Calls the method `name` of `this` with at most one argument.
///
/// # Errors
///
/// What the method throws; a `TypeError` where there is none.
pub fn call(this: &JsValue, name: &str, argument: &JsValue) -> Result<JsValue, JsValue> {
    let method = property(this, name).filter(JsValue::is_function);
    let Some(method) = method else {
        let mut text = String::from("the host has no function ");
        text.push_str(name);
        return Err(js_sys::TypeError::new(&text).into());
    };
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
        // A fresh, plain object takes every property.
        let _ = Reflect::set(&self.0, &JsValue::from_str(name), &value.into());
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
