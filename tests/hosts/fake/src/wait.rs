//! Waiting.

use std::time::Duration;

use js_sys::Promise;
use taro_socket_js::Timer;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;

/// Waits so long; the host has its turns.
pub async fn sleep(millis: u64) {
    let mut timer = None;
    let waited = Promise::new(&mut |resolve, _| {
        let delay = Duration::from_millis(millis);
        timer = Timer::start(delay, move || {
            resolve.call0(&JsValue::NULL).expect("it does not throw");
        })
        .ok();
    });
    JsFuture::from(waited).await.expect("it resolves");
    drop(timer);
}
