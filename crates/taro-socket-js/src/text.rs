//! Long text into Rust.

use js_sys::JsString;
use taro_socket_api::SHARED_MEMORY;
use wasm_bindgen::{JsValue, prelude::wasm_bindgen};

#[wasm_bindgen]
extern "C" {
    type TextEncoder;

    #[wasm_bindgen(constructor, catch)]
    fn new() -> Result<TextEncoder, JsValue>;

    /// Encoding Standard §8.2: reads as much as fits, in whole characters.
    #[wasm_bindgen(method, catch, js_name = encodeInto)]
    fn encode_into(
        this: &TextEncoder,
        source: &JsValue,
        destination: &mut [u8],
    ) -> Result<Progress, JsValue>;

    type Progress;

    /// UTF-16 units.
    #[wasm_bindgen(method, getter)]
    fn read(this: &Progress) -> f64;

    /// Bytes.
    #[wasm_bindgen(method, getter)]
    fn written(this: &Progress) -> f64;
}

/// UTF-16 units from which on the host's encoder is faster than copying unit by unit.
const LONG: u32 = 128;

thread_local! {
    /// `None` where the host has none.
    static ENCODER: Option<TextEncoder> = TextEncoder::new().ok();
}

/// Copies a string into Rust; a lone surrogate becomes U+FFFD.
pub(crate) fn read(text: &JsString) -> String {
    let encoded = if text.length() < LONG || SHARED_MEMORY {
        None
    } else {
        ENCODER.with(|encoder| encode(encoder.as_ref()?, text))
    };
    encoded.unwrap_or_else(|| text.into())
}

/// `None` if the host's encoder does not do what the standard says.
fn encode(encoder: &TextEncoder, text: &JsString) -> Option<String> {
    let units = text.length();
    // Room for ASCII at first; what is left then needs at most three bytes per unit.
    let mut bytes = vec![0; units as usize];
    let (read, written) = step(encoder, text, &mut bytes)?;
    if read == units {
        return finish(bytes, written);
    }
    let rest = text.slice(read, units);
    bytes.resize(written + 3 * (units - read) as usize, 0);
    let (read_more, written_more) = step(encoder, &rest, &mut bytes[written..])?;
    (read + read_more == units).then_some(())?;
    finish(bytes, written + written_more)
}

fn step(encoder: &TextEncoder, text: &JsString, room: &mut [u8]) -> Option<(u32, usize)> {
    let available = room.len();
    let progress = encoder.encode_into(text, room).ok()?;
    let (read, written) = (progress.read(), progress.written());
    let sound = read <= f64::from(text.length()) && written <= available as f64;
    sound.then_some((read as u32, written as usize))
}

fn finish(mut bytes: Vec<u8>, length: usize) -> Option<String> {
    bytes.truncate(length);
    bytes.shrink_to_fit();
    String::from_utf8(bytes).ok()
}
