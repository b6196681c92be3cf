//! Echo with taro-socket, in callbacks.
#![cfg(all(target_family = "wasm", target_os = "unknown"))]

#[cfg(feature = "rlsf")]
use taro_socket_size_allocator as _;

use std::sync::Arc;

use taro_socket::prelude::*;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

#[wasm_bindgen]
extern "C" {
    /// A function of the page.
    pub type Answer;

    #[wasm_bindgen(method, structural)]
    fn call(this: &Answer, this_arg: &JsValue, text: &str);
}

/// Sends `text`, hands what comes back to `answer`, closes.
#[wasm_bindgen]
pub fn echo(url: String, text: String, answer: Answer) {
    let task = match connect_socket_now(ConnectSocketOption::new(url)) {
        Ok(task) => task,
        Err(error) => return answer.call(&JsValue::NULL, error.reason()),
    };
    let to = Arc::clone(&task);
    task.on_open(move |_| to.send_with(SendOption::new(&*text)));
    let from = Arc::clone(&task);
    task.on_message(move |event| {
        answer.call(&JsValue::NULL, event.data.as_text().unwrap_or_default());
        from.close_with(CloseOption::new());
    });
}
