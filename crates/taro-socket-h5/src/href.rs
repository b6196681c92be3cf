//! The browser's URL parser, which `WebSocket` asks anyway.

use wasm_bindgen::{JsValue, prelude::wasm_bindgen};

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_name = URL)]
    type Url;

    #[wasm_bindgen(constructor, js_class = "URL", catch)]
    fn new(url: &str) -> Result<Url, JsValue>;

    #[wasm_bindgen(method, getter)]
    fn href(this: &Url) -> String;
}

/// What the browser makes of `url`. Of a refusal nothing is told: its text may repeat the URL.
pub(crate) fn of(url: &str) -> Option<String> {
    Url::new(url).ok().map(|url| url.href())
}
