//! ws_stream_wasm.

use futures_util::{SinkExt as _, StreamExt as _};
use wasm_bindgen::prelude::{JsError, wasm_bindgen};
use ws_stream_wasm::{WsMessage, WsMeta};

use crate::exchange::{Exchange, Next, Payload, Plan};

fn message(exchange: &Exchange) -> WsMessage {
    match &exchange.outgoing {
        Payload::Text(text) => WsMessage::Text(text.clone()),
        Payload::Binary(bytes) => WsMessage::Binary(bytes.clone()),
    }
}

fn look(exchange: &Exchange, message: &WsMessage) -> Next {
    match message {
        WsMessage::Text(text) => exchange.received(true, text.as_bytes()),
        WsMessage::Binary(bytes) => exchange.received(false, bytes),
    }
}

/// As stream and sink.
///
/// # Errors
/// When messages are missing or wrong, or the connection fails.
#[wasm_bindgen]
pub async fn stream(url: String, plan: Plan) -> Result<f64, JsError> {
    let exchange = Exchange::new(&plan);
    let (socket, mut messages) = WsMeta::connect(url, None).await?;
    for _ in 0..exchange.begin() {
        messages.send(message(&exchange)).await?;
    }
    let mut next = exchange.first_are_sent();
    while next != Next::End {
        let Some(message_in) = messages.next().await else {
            break;
        };
        next = look(&exchange, &message_in);
        if next == Next::Send {
            messages.send(message(&exchange)).await?;
        }
    }
    socket
        .wrapped()
        .close()
        .map_err(|_| JsError::new("not closed"))?;
    exchange.result()
}
