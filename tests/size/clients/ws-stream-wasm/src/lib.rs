//! Echo with ws_stream_wasm.
#![cfg(all(target_family = "wasm", target_os = "unknown"))]

#[cfg(feature = "rlsf")]
use taro_socket_size_allocator as _;

use futures_util::{SinkExt as _, StreamExt as _};
use wasm_bindgen::prelude::{JsError, wasm_bindgen};
use ws_stream_wasm::{WsMessage, WsMeta};

/// Sends `text`, closes, resolves with what came back.
///
/// # Errors
/// When there is no connection.
#[wasm_bindgen]
pub async fn echo(url: String, text: String) -> Result<String, JsError> {
    let (socket, mut stream) = WsMeta::connect(url, None).await?;
    stream.send(WsMessage::Text(text)).await?;
    let mut answer = String::new();
    if let Some(WsMessage::Text(text)) = stream.next().await {
        answer = text;
    }
    socket.close().await?;
    Ok(answer)
}
