//! What a host hands over as a message.

use taro_socket_api::Message;
use wasm_bindgen::{
    JsCast, JsValue, convert::FromWasmAbi, describe::WasmDescribe, prelude::wasm_bindgen,
};

use crate::ReadText;

#[wasm_bindgen]
extern "C" {
    /// A value of the host, looked at without asking for its class: objects of another realm are of other
    /// classes.
    type Value;

    /// NaN where there is no such property; `null` and `undefined` throw.
    #[wasm_bindgen(method, getter, catch, js_name = byteLength)]
    fn byte_length(this: &Value) -> Result<f64, JsValue>;

    /// NaN where there is no such property.
    #[wasm_bindgen(method, getter)]
    fn length(this: &Value) -> f64;

    #[wasm_bindgen(js_name = Uint8Array)]
    type Bytes;

    #[wasm_bindgen(constructor, js_class = "Uint8Array")]
    fn copy(bytes: &[u8]) -> Bytes;

    #[wasm_bindgen(method, getter)]
    fn buffer(this: &Bytes) -> JsValue;

    /// Of a buffer all its bytes; of what only looks like one, an array of another length.
    #[wasm_bindgen(constructor, js_class = "Uint8Array")]
    fn of(buffer: &JsValue) -> Copied;
}

/// An array that the host makes for the border only: its bytes are copied on the way, and it is never a value here.
struct Copied(Vec<u8>);

impl WasmDescribe for Copied {
    fn describe() {
        Vec::<u8>::describe();
    }
}

impl FromWasmAbi for Copied {
    type Abi = <Vec<u8> as FromWasmAbi>::Abi;

    #[allow(unsafe_code, reason = "the trait's method is")]
    unsafe fn from_abi(array: Self::Abi) -> Self {
        // SAFETY: described as a vector, so the array comes as one.
        Self(unsafe { Vec::from_abi(array) })
    }
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
    // One look-up tells the kind.
    let length = value.byte_length().map_err(|_| Unread::Strange)?;
    if length.is_nan() {
        return read_text(value, text, max_bytes);
    }
    if length > max_bytes as f64 {
        return Err(Unread::TooLong);
    }
    let Copied(bytes) = Copied::of(data);
    if bytes.len() != length as usize {
        return Err(Unread::Strange);
    }
    Ok(Message::from(bytes))
}

fn read_text(value: &Value, text: &impl ReadText, max_bytes: usize) -> Result<Message, Unread> {
    // Zero of what has no length. A UTF-16 unit of text has one to three bytes.
    let units = value.length() as usize;
    if units > max_bytes {
        return Err(Unread::TooLong);
    }
    match text.read(value, units) {
        None => Err(Unread::Strange),
        Some(text) if text.len() > max_bytes => Err(Unread::TooLong),
        Some(text) => Ok(Message::from(text)),
    }
}

/// The bytes in a buffer of its own, for hosts that lose views, and must not get the module's memory.
#[must_use]
pub fn buffer_of(bytes: &[u8]) -> JsValue {
    Bytes::copy(bytes).buffer()
}
