//! Echo with tokio-tungstenite-wasm.
#![cfg(all(target_family = "wasm", target_os = "unknown"))]

#[cfg(feature = "rlsf")]
use taro_socket_size_allocator as _;

use futures_util::{SinkExt as _, StreamExt as _};
use tokio_tungstenite_wasm::{Message, connect};
use wasm_bindgen::prelude::{JsError, wasm_bindgen};

/// Sends `text`, closes, resolves with what came back.
///
/// # Errors
/// When there is no connection.
#[wasm_bindgen]
pub async fn echo(url: String, text: String) -> Result<String, JsError> {
    let mut stream = connect(url).await?;
    stream.send(Message::text(text)).await?;
    let mut answer = String::new();
    if let Some(Message::Text(text)) = stream.next().await.transpose()? {
        answer = text.as_str().to_owned();
    }
    stream.close().await?;
    Ok(answer)
}
