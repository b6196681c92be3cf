//! gloo-net.

use futures_util::{SinkExt as _, StreamExt as _};
use gloo_net::websocket::{Message, futures::WebSocket};
use wasm_bindgen::prelude::{JsError, wasm_bindgen};

use crate::exchange::{Exchange, Next, Payload, Plan};

fn message(exchange: &Exchange) -> Message {
    match &exchange.outgoing {
        Payload::Text(text) => Message::Text(text.clone()),
        Payload::Binary(bytes) => Message::Bytes(bytes.clone()),
    }
}

fn look(exchange: &Exchange, message: &Message) -> Next {
    match message {
        Message::Text(text) => exchange.received(true, text.as_bytes()),
        Message::Bytes(bytes) => exchange.received(false, bytes),
    }
}

/// As stream and sink.
///
/// # Errors
/// When messages are missing or wrong, or the connection fails.
#[wasm_bindgen]
pub async fn stream(url: String, plan: Plan) -> Result<f64, JsError> {
    let exchange = Exchange::new(&plan);
    let mut socket = WebSocket::open(&url)?;
    // Its sink waits for the opening.
    futures_util::future::poll_fn(|cx| socket.poll_ready_unpin(cx)).await?;
    for _ in 0..exchange.begin() {
        socket.send(message(&exchange)).await?;
    }
    let mut next = exchange.first_are_sent();
    while next != Next::End {
        let Some(message_in) = socket.next().await.transpose()? else {
            break;
        };
        next = look(&exchange, &message_in);
        if next == Next::Send {
            socket.send(message(&exchange)).await?;
        }
    }
    socket.close(None, None)?;
    exchange.result()
}
