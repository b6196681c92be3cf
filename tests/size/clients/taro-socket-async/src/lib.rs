//! Echo with taro-socket, in futures and a stream.
#![cfg(all(target_family = "wasm", target_os = "unknown"))]

#[cfg(feature = "rlsf")]
use taro_socket_size_allocator as _;

use taro_socket::prelude::*;
use wasm_bindgen::prelude::{JsError, wasm_bindgen};

/// Sends `text`, closes, resolves with what came back.
///
/// # Errors
/// When there is no connection.
#[wasm_bindgen]
pub async fn echo(url: String, text: String) -> Result<String, JsError> {
    let task = connect_socket(ConnectSocketOption::new(url)).await?;
    let mut events = task.events();
    task.opened().await?;
    task.send(text).await?;
    let mut answer = String::new();
    while let Some(event) = events.next().await {
        if let SocketEvent::Message(message) = event {
            answer = message.data.as_text().unwrap_or_default().into();
            task.close(CloseFrame::default()).await?;
        }
    }
    Ok(answer)
}
