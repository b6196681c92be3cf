//! What a host hands over as a message.

use js_sys::{JsString, Uint8Array};
use taro_socket_api::{ByteString, Message};
use wasm_bindgen::{JsCast, JsValue, prelude::wasm_bindgen};

use crate::text;

#[wasm_bindgen]
extern "C" {
    type Buffer;

    /// NaN where there is none.
    #[wasm_bindgen(method, getter, js_name = byteLength)]
    fn byte_length(this: &Buffer) -> f64;

    #[wasm_bindgen(method, getter)]
    fn buffer(this: &Buffer) -> JsValue;

    #[wasm_bindgen(method, getter, js_name = byteOffset)]
    fn byte_offset(this: &Buffer) -> u32;

    /// By internal slot: the same in every realm, and not to be forged.
    #[wasm_bindgen(js_namespace = ArrayBuffer, js_name = isView)]
    fn is_view(value: &JsValue) -> bool;
}

/// The data of a message event, not copied yet.
#[derive(Debug)]
#[non_exhaustive]
pub enum Payload {
    /// A string.
    Text(JsString),
    /// The bytes of an `ArrayBuffer`, or the part of it that a view shows.
    Binary(Uint8Array),
    /// Something else, for example a `Blob`.
    Other,
}

impl Payload {
    /// Looks at a value of the host. `null` and `undefined` are [`Other`](Self::Other).
    #[must_use]
    pub fn of(data: JsValue) -> Self {
        if data.is_string() {
            return Self::Text(data.unchecked_into());
        }
        if !data.is_object() {
            return Self::Other;
        }
        let value: &Buffer = data.unchecked_ref();
        let length = value.byte_length();
        if length.is_nan() {
            return Self::Other;
        }
        let bytes = if is_view(&data) {
            let (buffer, offset) = (value.buffer(), value.byte_offset());
            Uint8Array::new_with_byte_offset_and_length(&buffer, offset, length as u32)
        } else {
            Uint8Array::new(&data)
        };
        // Of what only looks like a buffer the constructor makes an array of another length.
        if f64::from(bytes.length()) == length {
            Self::Binary(bytes)
        } else {
            Self::Other
        }
    }

    /// Copies the payload into Rust; `None` if it has more than `max_bytes` bytes or is of another kind.
    ///
    /// What is too long is not copied, as far as its length tells: a UTF-16 unit of text has one to three bytes.
    #[must_use]
    pub fn read(self, max_bytes: usize) -> Option<Message> {
        match self {
            Self::Text(text) if text.length() as usize <= max_bytes => {
                let text = text::read(&text);
                (text.len() <= max_bytes).then(|| Message::Text(ByteString::from(text)))
            }
            Self::Binary(bytes) if bytes.length() as usize <= max_bytes => {
                Some(Message::Binary(bytes.to_vec().into()))
            }
            _ => None,
        }
    }
}
