//! The browser's URL parser, which `WebSocket` asks anyway.

use taro_socket_api::{Result, SocketUrl};
use wasm_bindgen::{JsValue, prelude::wasm_bindgen};

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_name = URL)]
    type Url;

    #[wasm_bindgen(constructor, js_class = "URL", catch)]
    fn new(url: &str) -> core::result::Result<Url, JsValue>;

    #[wasm_bindgen(method, getter)]
    fn href(this: &Url) -> String;
}

/// What the browser makes of `url`. Of a refusal nothing is told: its text may repeat the URL.
pub(crate) fn parse(url: &str) -> Result<SocketUrl> {
    let href = Url::new(url).ok().map(|url| url.href());
    SocketUrl::of_href(href)
}
