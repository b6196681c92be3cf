//! Text into Rust.

use std::{fmt, mem::MaybeUninit};

use taro_socket_api::SHARED_MEMORY;
use wasm_bindgen::{JsCast, JsValue, prelude::wasm_bindgen};

#[wasm_bindgen]
extern "C" {
    type TextEncoder;

    #[wasm_bindgen(constructor, catch)]
    fn new() -> Result<TextEncoder, JsValue>;

    /// Encoding Standard §8.2: reads as much as fits, in whole characters. Missing in Chromium before 74 and Safari
    /// before 14.1.
    #[wasm_bindgen(method, catch, js_name = encodeInto)]
    fn encode_into(
        this: &TextEncoder,
        source: &JsValue,
        destination: &mut [MaybeUninit<u8>],
    ) -> Result<Progress, JsValue>;

    type Progress;

    /// UTF-16 units.
    #[wasm_bindgen(method, getter)]
    fn read(this: &Progress) -> f64;

    /// Bytes.
    #[wasm_bindgen(method, getter)]
    fn written(this: &Progress) -> f64;

    type Text;

    #[wasm_bindgen(method, catch)]
    fn slice(this: &Text, from: u32) -> Result<JsValue, JsValue>;
}

/// How strings of a host are copied into Rust.
pub trait ReadText {
    /// A string of so many UTF-16 units; a lone surrogate becomes U+FFFD. `None` if it is no string, or cannot be copied.
    fn read(&self, text: &JsValue, units: usize) -> Option<String>;
}

/// Copies in the way of wasm-bindgen, which is slow for long texts that are not ASCII, and no further code.
#[derive(Clone, Copy, Debug)]
#[allow(clippy::exhaustive_structs, reason = "it has nothing to hold")]
pub struct PlainText;

impl ReadText for PlainText {
    fn read(&self, text: &JsValue, _units: usize) -> Option<String> {
        text.as_string()
    }
}

/// UTF-16 units from which on the host's encoder is faster than copying unit by unit.
const LONG: usize = 128;

/// Copies long strings with the host's own encoder.
#[derive(Default)]
pub struct TextReader {
    /// `None` where the host has none, or cannot write to this memory.
    encoder: Option<TextEncoder>,
}

impl TextReader {
    /// A reader, with the host's encoder if there is one.
    #[must_use]
    pub fn new() -> Self {
        let encoder = match SHARED_MEMORY {
            true => None,
            false => TextEncoder::new().ok(),
        };
        Self { encoder }
    }
}

impl ReadText for TextReader {
    fn read(&self, text: &JsValue, units: usize) -> Option<String> {
        match &self.encoder {
            Some(encoder) if units >= LONG && text.is_string() => encode(encoder, text, units),
            _ => text.as_string(),
        }
    }
}

impl fmt::Debug for TextReader {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TextReader")
    }
}

/// `None` if the host's encoder reads nothing, or there is no room.
fn encode(encoder: &TextEncoder, text: &JsValue, units: usize) -> Option<String> {
    let mut bytes = Vec::new();
    let (mut rest, mut left) = (text.clone(), units);
    // Room for ASCII at first; what is left then needs at most three bytes per unit.
    let mut room = units;
    loop {
        bytes.try_reserve_exact(room).ok()?;
        let Ok(progress) = encoder.encode_into(&rest, bytes.spare_capacity_mut()) else {
            // The way of wasm-bindgen needs `encode` alone.
            return text.as_string();
        };
        let (read, written) = (progress.read() as usize, progress.written() as usize);
        let filled = bytes.len() + written.min(bytes.capacity() - bytes.len());
        #[allow(unsafe_code, reason = "to fill the memory first takes time")]
        // SAFETY: within the capacity, and the host's encoder has written so many bytes there, on whose word every
        // string that wasm-bindgen hands to Rust rests too.
        unsafe {
            bytes.set_len(filled);
        }
        if read >= left {
            break;
        }
        if read == 0 {
            return None;
        }
        left -= read;
        room = left.checked_mul(3)?;
        rest = rest.unchecked_ref::<Text>().slice(read as u32).ok()?;
    }
    bytes.shrink_to_fit();
    #[allow(
        unsafe_code,
        reason = "checking again takes as long as encoding, and a tenth of the module"
    )]
    // SAFETY: a TextEncoder writes UTF-8 (Encoding Standard §8.2). Every string that wasm-bindgen hands to
    // Rust rests on the same: its glue encodes with the page's TextEncoder and does not check either.
    let text = unsafe { String::from_utf8_unchecked(bytes) };
    Some(text)
}
