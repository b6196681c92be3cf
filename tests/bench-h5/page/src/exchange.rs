//! What one client does on one connection, and whether it got what was sent.

use std::cell::Cell;

use wasm_bindgen::prelude::{JsError, wasm_bindgen};

#[wasm_bindgen]
extern "C" {
    /// Made by `clients.js`, which says what the fields are.
    pub type Plan;

    #[wasm_bindgen(method, getter)]
    fn pattern(this: &Plan) -> Option<String>;

    #[wasm_bindgen(method, getter)]
    fn repeats(this: &Plan) -> u32;

    #[wasm_bindgen(method, getter)]
    fn start(this: &Plan) -> Option<String>;

    #[wasm_bindgen(method, getter)]
    fn sends(this: &Plan) -> u32;

    #[wasm_bindgen(method, getter)]
    fn receives(this: &Plan) -> u32;

    #[wasm_bindgen(method, getter)]
    fn window(this: &Plan) -> u32;

    #[wasm_bindgen(js_namespace = performance)]
    pub(crate) fn now() -> f64;
}

/// Every byte of a binary message.
const BYTE: u8 = 7;

/// What is sent, and expected.
#[derive(Clone, Debug)]
pub(crate) enum Payload {
    Text(String),
    Binary(Vec<u8>),
}

impl Payload {
    pub(crate) fn bytes(&self) -> &[u8] {
        match self {
            Self::Text(text) => text.as_bytes(),
            Self::Binary(bytes) => bytes,
        }
    }
}

/// What a client does after a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Next {
    Send,
    Wait,
    End,
}

/// One exchange. Times are milliseconds of the page's clock.
#[derive(Debug)]
pub(crate) struct Exchange {
    pub(crate) outgoing: Payload,
    expected: Payload,
    sends: u32,
    receives: u32,
    window: u32,
    sent: Cell<u32>,
    received: Cell<u32>,
    wrong: Cell<u32>,
    begin: Cell<f64>,
    end: Cell<f64>,
}

impl Exchange {
    pub(crate) fn new(plan: &Plan) -> Self {
        let repeats = plan.repeats() as usize;
        let expected = match plan.pattern() {
            Some(pattern) => Payload::Text(pattern.repeat(repeats)),
            None => Payload::Binary(vec![BYTE; repeats]),
        };
        Self {
            outgoing: plan.start().map_or_else(|| expected.clone(), Payload::Text),
            expected,
            sends: plan.sends(),
            receives: plan.receives(),
            window: plan.window(),
            sent: Cell::default(),
            received: Cell::default(),
            wrong: Cell::default(),
            begin: Cell::default(),
            end: Cell::default(),
        }
    }

    /// Starts the clock; so many messages are to be sent now.
    pub(crate) fn begin(&self) -> u32 {
        let first = self.window.min(self.sends);
        self.sent.set(first);
        self.begin.set(now());
        first
    }

    /// Stops the clock where nothing is to come in.
    pub(crate) fn first_are_sent(&self) -> Next {
        if self.receives > 0 {
            return Next::Wait;
        }
        self.end.set(now());
        Next::End
    }

    /// Looks at a message as a program would: its kind, its length, and where it ends.
    pub(crate) fn received(&self, is_text: bool, bytes: &[u8]) -> Next {
        let expected = self.expected.bytes();
        let is_right = is_text == matches!(self.expected, Payload::Text(_))
            && bytes.len() == expected.len()
            && bytes.last() == expected.last();
        self.wrong.set(self.wrong.get() + u32::from(!is_right));
        self.received.set(self.received.get() + 1);
        if self.received.get() == self.receives {
            self.end.set(now());
            // The whole of the last one, after the clock.
            self.wrong
                .set(self.wrong.get() + u32::from(bytes != expected));
            return Next::End;
        }
        if self.sent.get() < self.sends {
            self.sent.set(self.sent.get() + 1);
            return Next::Send;
        }
        Next::Wait
    }

    /// Milliseconds from the first message sent to the last one received.
    pub(crate) fn result(&self) -> Result<f64, JsError> {
        let (received, wrong) = (self.received.get(), self.wrong.get());
        if received != self.receives || wrong > 0 {
            let expected = self.receives;
            let text = format!("{received} of {expected} messages, {wrong} wrong");
            return Err(JsError::new(&text));
        }
        Ok(self.end.get() - self.begin.get())
    }
}
