//! ewebsock.

use std::cell::{Cell, RefCell};
use std::ops::ControlFlow;

use ewebsock::{Options, WsEvent, WsMessage, WsSender, ws_connect};
use futures_channel::oneshot;
use wasm_bindgen::prelude::{JsError, wasm_bindgen};

use crate::exchange::{Exchange, Next, Payload, Plan};

struct State {
    /// Of the connection: an earlier one may still tell that it is closed.
    number: u32,
    exchange: Exchange,
    sender: WsSender,
    ended: Option<oneshot::Sender<()>>,
}

thread_local! {
    /// The handler has to be `Send`, which a sender is not.
    static STATE: RefCell<Option<State>> = const { RefCell::new(None) };
    static COUNT: Cell<u32> = const { Cell::new(0) };
}

impl State {
    fn send(&mut self) {
        let message = match &self.exchange.outgoing {
            Payload::Text(text) => WsMessage::Text(text.clone()),
            Payload::Binary(bytes) => WsMessage::Binary(bytes.clone()),
        };
        self.sender.send(message);
    }

    fn next(&mut self, event: &WsEvent) -> Next {
        match event {
            WsEvent::Opened => {
                for _ in 0..self.exchange.begin() {
                    self.send();
                }
                self.exchange.first_are_sent()
            }
            WsEvent::Message(WsMessage::Text(text)) => {
                self.exchange.received(true, text.as_bytes())
            }
            WsEvent::Message(WsMessage::Binary(bytes)) => self.exchange.received(false, bytes),
            WsEvent::Error(_) | WsEvent::Closed => Next::End,
            WsEvent::Message(_) => Next::Wait,
        }
    }
}

/// In callbacks.
///
/// # Errors
/// When messages are missing or wrong, or the browser makes no socket.
#[wasm_bindgen]
pub async fn callbacks(url: String, plan: Plan) -> Result<f64, JsError> {
    let exchange = Exchange::new(&plan);
    let (ended, end) = oneshot::channel();
    let number = COUNT.get() + 1;
    COUNT.set(number);
    let handler = Box::new(move |event| handle(number, &event));
    let sender = ws_connect(url, Options::default(), handler);
    let sender = sender.map_err(|error| JsError::new(&error))?;
    let ended = Some(ended);
    STATE.set(Some(State {
        number,
        exchange,
        sender,
        ended,
    }));
    let _ = end.await;
    let state = STATE.take();
    state.map_or(Err(JsError::new("no state")), |state| {
        state.exchange.result()
    })
}

fn handle(number: u32, event: &WsEvent) -> ControlFlow<()> {
    STATE.with_borrow_mut(|state| {
        if let Some(state) = state.as_mut().filter(|state| state.number == number) {
            match state.next(event) {
                Next::Send => state.send(),
                Next::Wait => {}
                Next::End => drop(state.ended.take()),
            }
        }
    });
    ControlFlow::Continue(())
}
