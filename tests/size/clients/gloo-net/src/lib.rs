//! Echo with gloo-net.
#![cfg(all(target_family = "wasm", target_os = "unknown"))]

#[cfg(feature = "rlsf")]
use taro_socket_size_allocator as _;

use futures_util::{SinkExt as _, StreamExt as _};
use gloo_net::websocket::{Message, futures::WebSocket};
use wasm_bindgen::prelude::{JsError, wasm_bindgen};

/// Sends `text`, closes, resolves with what came back.
///
/// # Errors
/// When there is no connection.
#[wasm_bindgen]
pub async fn echo(url: String, text: String) -> Result<String, JsError> {
    let mut socket = WebSocket::open(&url)?;
    socket.send(Message::Text(text)).await?;
    let mut answer = String::new();
    if let Some(Message::Text(text)) = socket.next().await.transpose()? {
        answer = text;
    }
    socket.close(None, None)?;
    Ok(answer)
}
