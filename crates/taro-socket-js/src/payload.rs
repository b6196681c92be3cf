//! What a host hands over as a message.

use taro_socket_api::Message;
use wasm_bindgen::{JsCast, JsValue, prelude::wasm_bindgen};

use crate::ReadText;

#[wasm_bindgen]
extern "C" {
    /// A value of the host, looked at without asking for its class: objects of another realm are of other
    /// classes.
    type Value;

    /// NaN where there is no such property.
    #[wasm_bindgen(method, getter, js_name = byteLength)]
    fn byte_length(this: &Value) -> f64;

    /// NaN where there is no such property.
    #[wasm_bindgen(method, getter)]
    fn length(this: &Value) -> f64;

    #[wasm_bindgen(js_name = Uint8Array)]
    type Bytes;

    #[wasm_bindgen(constructor, js_class = "Uint8Array")]
    fn copy(bytes: &[u8]) -> Bytes;

    #[wasm_bindgen(method, getter)]
    fn buffer(this: &Bytes) -> JsValue;

    #[wasm_bindgen(constructor, js_class = "Uint8Array")]
    fn new(buffer: &JsValue) -> Bytes;

    /// The bytes from there on, copied.
    #[wasm_bindgen(method)]
    fn subarray(this: &Bytes, from: u32) -> Vec<u8>;
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
pub fn read(data: &JsValue, text: &impl ReadText, max_bytes: usize) -> Result<Message, Unread> {
    let value: &Value = data.unchecked_ref();
    // One question for both, `null` and `undefined`, of which no property may be asked.
    if data.loose_eq(&JsValue::NULL) {
        return Err(Unread::Strange);
    }
    // One look-up tells the kind.
    let length = value.byte_length();
    if length.is_nan() {
        // Zero of what has no length. A UTF-16 unit of text has one to three bytes.
        let units = value.length() as usize;
        if units > max_bytes {
            return Err(Unread::TooLong);
        }
        let text = text.read(data, units).ok_or(Unread::Strange)?;
        return match text.len() > max_bytes {
            true => Err(Unread::TooLong),
            false => Ok(Message::from(text)),
        };
    }
    if length > max_bytes as f64 {
        return Err(Unread::TooLong);
    }
    // Of what only looks like a buffer the constructor makes an array of another length.
    let bytes = Bytes::new(data).subarray(0);
    if bytes.len() != length as usize {
        return Err(Unread::Strange);
    }
    Ok(Message::from(bytes))
}

/// The bytes in a buffer of its own, for hosts that lose views, and must not get the module's memory.
#[must_use]
pub fn buffer_of(bytes: &[u8]) -> JsValue {
    Bytes::copy(bytes).buffer()
}
