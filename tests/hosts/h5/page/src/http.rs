//! Requests to the test server, in pages and workers alike.

use js_sys::{Object, Promise, Reflect};
use taro_socket_conformance::Failure;
use wasm_bindgen::{JsCast, JsValue, prelude::wasm_bindgen};
use wasm_bindgen_futures::JsFuture;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(catch, js_name = fetch)]
    fn fetch(url: &str, init: &Object) -> Result<Promise, JsValue>;

    type Response;

    #[wasm_bindgen(method, getter)]
    fn ok(this: &Response) -> bool;

    #[wasm_bindgen(method, getter)]
    fn status(this: &Response) -> u16;

    #[wasm_bindgen(method, catch)]
    fn text(this: &Response) -> Result<Promise, JsValue>;
}

/// The answer's body; `None` for a 404.
pub(crate) async fn get(url: &str) -> Result<Option<String>, Failure> {
    request(url, &Object::new()).await
}

/// Posts `body`.
pub(crate) async fn post(url: &str, body: &str) -> Result<(), Failure> {
    let init = Object::new();
    for (name, value) in [("method", "POST"), ("body", body)] {
        Reflect::set(&init, &name.into(), &value.into()).map_err(|thrown| failure(url, &thrown))?;
    }
    request(url, &init).await.map(drop)
}

async fn request(url: &str, init: &Object) -> Result<Option<String>, Failure> {
    let failed = |thrown: JsValue| failure(url, &thrown);
    let response = JsFuture::from(fetch(url, init).map_err(failed)?).await;
    let response: Response = response.map_err(failed)?.unchecked_into();
    if response.status() == 404 {
        return Ok(None);
    }
    if !response.ok() {
        return Err(Failure::new(format!(
            "{url:.200}: status {}",
            response.status()
        )));
    }
    let text = JsFuture::from(response.text().map_err(failed)?).await;
    Ok(Some(text.map_err(failed)?.as_string().unwrap_or_default()))
}

fn failure(url: &str, thrown: &JsValue) -> Failure {
    Failure::new(format!("{url:.200}: {}", taro_socket_js::describe(thrown)))
}
