//! taro-socket, in callbacks and as a stream.

use std::cell::Cell;
use std::rc::Rc;
use std::sync::Arc;

use futures_channel::oneshot;
use taro_socket::prelude::*;
use wasm_bindgen::prelude::{JsError, wasm_bindgen};

use crate::exchange::{Exchange, Next, Payload, Plan, now};

/// Cloning shares the bytes.
fn message(exchange: &Exchange) -> Message {
    match &exchange.outgoing {
        Payload::Text(text) => Message::from(text.as_str()),
        Payload::Binary(bytes) => Message::from(bytes.clone()),
    }
}

fn look(exchange: &Exchange, message: &Message) -> Next {
    match message {
        Message::Text(text) => exchange.received(true, text.as_bytes()),
        Message::Binary(bytes) => exchange.received(false, bytes),
    }
}

/// With `on_open`, `on_message` and `send_with`.
///
/// # Errors
/// When messages are missing or wrong.
#[wasm_bindgen]
pub async fn callbacks(url: String, plan: Plan) -> Result<f64, JsError> {
    let exchange = Rc::new(Exchange::new(&plan));
    let message = message(&exchange);
    let (ended, end) = oneshot::channel::<()>();
    let ended = Rc::new(Cell::new(Some(ended)));
    let task = connect_socket_now(ConnectSocketOption::new(url))?;
    let step = {
        let (task, ended) = (Arc::downgrade(&task), Rc::clone(&ended));
        move |next| match next {
            Next::Wait => {}
            Next::End => drop(ended.take()),
            Next::Send => {
                if let Some(task) = task.upgrade() {
                    task.send_with(SendOption::new(message.clone()));
                }
            }
        }
    };
    let (begins, first) = (Rc::clone(&exchange), step.clone());
    task.on_open(move |_| {
        for _ in 0..begins.begin() {
            first(Next::Send);
        }
        first(begins.first_are_sent());
    });
    let goes_on = Rc::clone(&exchange);
    task.on_message(move |event| step(look(&goes_on, &event.data)));
    task.on_close(move |_| drop(ended.take()));
    // The sender is dropped, nothing is sent.
    let _ = end.await;
    task.close_with(CloseOption::new());
    exchange.result()
}

/// With `opened`, `send` and `events`.
///
/// # Errors
/// When messages are missing or wrong, or the connection fails.
#[wasm_bindgen]
pub async fn stream(url: String, plan: Plan) -> Result<f64, JsError> {
    let exchange = Exchange::new(&plan);
    let message = message(&exchange);
    let task = connect_socket(ConnectSocketOption::new(url)).await?;
    let mut events = task.events();
    task.opened().await?;
    for _ in 0..exchange.begin() {
        task.send(message.clone()).await?;
    }
    let mut next = exchange.first_are_sent();
    while next != Next::End {
        match events.next().await {
            Some(SocketEvent::Message(event)) => next = look(&exchange, &event.data),
            Some(_) => continue,
            None => break,
        }
        if next == Next::Send {
            task.send(message.clone()).await?;
        }
    }
    task.close_with(CloseOption::new());
    exchange.result()
}

/// Sends chunks of so many bytes, each awaited before the next: milliseconds for a chunk, by batch. A first batch is
/// not counted.
///
/// # Errors
/// When a send fails.
#[wasm_bindgen]
pub async fn awaited(
    url: String,
    bytes: usize,
    chunks: u32,
    batches: u32,
) -> Result<Vec<f64>, JsError> {
    let task = connect_socket_now(ConnectSocketOption::new(url))?;
    task.ignore_messages();
    task.opened().await?;
    let mut times = Vec::new();
    for batch in 0..=batches {
        let begin = now();
        for _ in 0..chunks {
            task.send(vec![7; bytes]).await?;
        }
        if batch > 0 {
            times.push((now() - begin) / f64::from(chunks));
        }
    }
    task.close_with(CloseOption::new());
    Ok(times)
}
