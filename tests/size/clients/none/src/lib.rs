//! An asynchronous function without a socket.
#![cfg(all(target_family = "wasm", target_os = "unknown"))]

#[cfg(feature = "rlsf")]
use taro_socket_size_allocator as _;

use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_futures::js_sys::Promise;

/// Waits for a promise, resolves with `text`.
///
/// # Errors
/// None: the promise is not rejected.
#[wasm_bindgen]
pub async fn echo(_url: String, text: String) -> Result<String, JsValue> {
    JsFuture::from(Promise::resolve(&JsValue::NULL)).await?;
    Ok(text)
}
