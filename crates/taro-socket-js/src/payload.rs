//! What a host hands over as a message.

use std::mem::MaybeUninit;

use js_sys::Uint8Array;
use taro_socket_api::Message;
use wasm_bindgen::{JsCast, JsValue, prelude::wasm_bindgen};

use crate::TextReader;

#[wasm_bindgen]
extern "C" {
    /// A value of the host, looked at without asking for its class: objects of another realm are of other
    /// classes. Both are NaN where there is no such property.
    type Value;

    #[wasm_bindgen(method, getter, js_name = byteLength)]
    fn byte_length(this: &Value) -> f64;

    #[wasm_bindgen(method, getter)]
    fn length(this: &Value) -> f64;

    /// Writes `source` to the beginning of `destination`.
    #[wasm_bindgen(js_namespace = ["Uint8Array", "prototype", "set"], js_name = call)]
    fn copy(destination: &mut [MaybeUninit<u8>], source: &Uint8Array);
}

/// Why a payload was not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Unread {
    /// It has more bytes than allowed, and was not copied as far as its length tells.
    TooLong,
    /// It is neither a string nor an `ArrayBuffer`, for example a `Blob`.
    Strange,
}

/// Copies the data of a message event, a string or an `ArrayBuffer` of any realm, into Rust.
///
/// # Errors
///
/// [`Unread`].
pub fn read(data: &JsValue, text: &TextReader, max_bytes: usize) -> Result<Message, Unread> {
    let value: &Value = data.unchecked_ref();
    // One question for both, `null` and `undefined`, of which no property may be asked.
    if data.loose_eq(&JsValue::NULL) {
        return Err(Unread::Strange);
    }
    // One look-up tells kind and length.
    let bytes = value.byte_length();
    let length = if bytes.is_nan() {
        value.length()
    } else {
        bytes
    };
    if length.is_nan() {
        return Err(Unread::Strange);
    }
    // A UTF-16 unit of text has one to three bytes.
    if length > max_bytes as f64 {
        return Err(Unread::TooLong);
    }
    let length = length as usize;
    if bytes.is_nan() {
        let text = text.read(data, length).ok_or(Unread::Strange)?;
        return if text.len() > max_bytes {
            Err(Unread::TooLong)
        } else {
            Ok(Message::from(text))
        };
    }
    // Of what only looks like a buffer the constructor makes an array of another length.
    let source = Uint8Array::new(data);
    if source.length() as usize != length {
        return Err(Unread::Strange);
    }
    Ok(Message::from(bytes_of(&source, length)))
}

/// As `Uint8Array::to_vec`, whose check of the length brings the formatting of numbers along.
fn bytes_of(source: &Uint8Array, length: usize) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(length);
    copy(bytes.spare_capacity_mut(), source);
    #[allow(
        unsafe_code,
        reason = "zeros first would be a second pass over all of it"
    )]
    // SAFETY: the array has `length` elements, and `copy` has written each of them or thrown.
    unsafe {
        bytes.set_len(length);
    }
    bytes
}
