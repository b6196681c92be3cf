//! Echo with web-sys alone.
#![cfg(all(target_family = "wasm", target_os = "unknown"))]

#[cfg(feature = "rlsf")]
use taro_socket_size_allocator as _;

use wasm_bindgen::closure::Closure;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::{MessageEvent, WebSocket};

#[wasm_bindgen]
extern "C" {
    /// A function of the page.
    pub type Answer;

    #[wasm_bindgen(method, structural)]
    fn call(this: &Answer, this_arg: &JsValue, text: &str);
}

/// Sends `text`, hands what comes back to `answer`, closes.
///
/// # Errors
/// What the browser throws.
#[wasm_bindgen]
pub fn echo(url: String, text: String, answer: Answer) -> Result<(), JsValue> {
    let socket = WebSocket::new(&url)?;
    let to = socket.clone();
    let opened = Closure::<dyn Fn()>::new(move || {
        let _ = to.send_with_str(&text);
    });
    socket.set_onopen(Some(opened.as_ref().unchecked_ref()));
    let from = socket.clone();
    let message = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
        let text = event.data().as_string().unwrap_or_default();
        answer.call(&JsValue::NULL, &text);
        let _ = from.close();
    });
    socket.set_onmessage(Some(message.as_ref().unchecked_ref()));
    // The socket keeps them; the page ends with it.
    opened.forget();
    message.forget();
    Ok(())
}
