//! The module's memory.

use js_sys::Reflect;
use wasm_bindgen::{JsValue, prelude::wasm_bindgen};

#[wasm_bindgen]
extern "C" {
    /// What `Object.prototype.toString` says: the same in every realm, unlike `instanceof`.
    #[wasm_bindgen(js_namespace = ["Object", "prototype", "toString"], js_name = call)]
    fn brand(value: &JsValue) -> JsValue;
}

/// Whether the module's memory is shared between threads (target feature `atomics`).
///
/// Hosts refuse views of shared memory where they would have to read or write it, so data is copied then.
#[must_use]
pub fn is_shared() -> bool {
    thread_local! {
        static SHARED: bool = buffer().is_some_and(|buffer| {
            brand(&buffer) == JsValue::from_str("[object SharedArrayBuffer]")
        });
    }
    SHARED.with(|shared| *shared)
}

fn buffer() -> Option<JsValue> {
    Reflect::get(&wasm_bindgen::memory(), &JsValue::from_str("buffer")).ok()
}
