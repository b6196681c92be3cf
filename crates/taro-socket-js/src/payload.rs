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

    /// `undefined` where there is no such property; `null` and `undefined` throw, and so may a getter of the value's own.
    /// A number that is none, such as `1n`, would throw on its way to a number here.
    #[wasm_bindgen(method, getter, catch, js_name = byteLength)]
    fn byte_length(this: &Value) -> Result<JsValue, JsValue>;

    /// Of a string.
    #[wasm_bindgen(method, getter)]
    fn length(this: &Value) -> f64;

    #[wasm_bindgen(js_name = Uint8Array)]
    type Bytes;

    #[wasm_bindgen(constructor, js_class = "Uint8Array")]
    fn copy(bytes: &[u8]) -> Bytes;

    #[wasm_bindgen(method, getter)]
    fn buffer(this: &Bytes) -> JsValue;

    /// Of a buffer all its bytes; of what only looks like one, an array of another length. A buffer that was given away
    /// throws.
    #[wasm_bindgen(constructor, catch, js_class = "Uint8Array")]
    fn of(buffer: &JsValue) -> Result<Copied, JsValue>;
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
    if data.is_string() {
        return read_text(value, text, max_bytes);
    }
    let length = value.byte_length().ok().and_then(|told| told.as_f64());
    let length = length.filter(|length| *length >= 0.0);
    match length.ok_or(Unread::Strange)? {
        length if length > max_bytes as f64 => Err(Unread::TooLong),
        length => match Copied::of(data) {
            Ok(Copied(bytes)) if bytes.len() as f64 == length => Ok(Message::from(bytes)),
            _ => Err(Unread::Strange),
        },
    }
}

fn read_text(value: &Value, text: &impl ReadText, max_bytes: usize) -> Result<Message, Unread> {
    // A UTF-16 unit of text has one to three bytes.
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
