//! Echo with ewebsock.
#![cfg(all(target_family = "wasm", target_os = "unknown"))]

#[cfg(feature = "rlsf")]
use taro_socket_size_allocator as _;

use std::cell::RefCell;
use std::ops::ControlFlow;

use ewebsock::{Options, WsEvent, WsMessage, WsSender, ws_connect};
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::{JsError, wasm_bindgen};

#[wasm_bindgen]
extern "C" {
    /// A function of the page.
    pub type Answer;

    #[wasm_bindgen(method, structural)]
    fn call(this: &Answer, this_arg: &JsValue, text: &str);
}

struct State {
    sender: WsSender,
    text: String,
    answer: Answer,
}

thread_local! {
    /// The handler has to be `Send`, which a sender is not.
    static STATE: RefCell<Option<State>> = const { RefCell::new(None) };
}

/// Sends `text`, hands what comes back to `answer`, closes.
///
/// # Errors
/// When the browser makes no socket.
#[wasm_bindgen]
pub fn echo(url: String, text: String, answer: Answer) -> Result<(), JsError> {
    let sender = ws_connect(url, Options::default(), Box::new(handle));
    let sender = sender.map_err(|error| JsError::new(&error))?;
    let state = State {
        sender,
        text,
        answer,
    };
    STATE.set(Some(state));
    Ok(())
}

fn handle(event: WsEvent) -> ControlFlow<()> {
    STATE.with_borrow_mut(|state| {
        let Some(state) = state else {
            return ControlFlow::Continue(());
        };
        match event {
            WsEvent::Opened => {
                let text = std::mem::take(&mut state.text);
                state.sender.send(WsMessage::Text(text));
                ControlFlow::Continue(())
            }
            WsEvent::Message(WsMessage::Text(text)) => {
                state.answer.call(&JsValue::NULL, &text);
                ControlFlow::Break(())
            }
            _ => ControlFlow::Continue(()),
        }
    })
}
