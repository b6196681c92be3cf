//! A peer as a list of steps.

mod run;

use std::time::Duration;

use taro_socket_api::{Error, Message, OpenEvent};

pub(crate) use run::run;

/// What a scripted peer does, step by step.
///
/// Steps run in order, each once the one before is done; numbers in a [`MockError`](crate::MockError) count
/// them from 1. After the last step the peer stays: it takes what is sent, without expecting anything, and
/// answers a Close frame with the same one.
#[derive(Clone, Debug, Default)]
#[must_use = "a script does nothing until a connector is given it"]
pub struct Script {
    steps: Vec<Step>,
}

#[derive(Clone, Debug)]
enum Step {
    Open,
    OpenWith(OpenEvent),
    ExpectSend(Message),
    ExpectClose(u16, String),
    Reply(Message),
    Echo(usize),
    CloseWith(u16, String),
    FailConnect(Error),
    Delay(Duration),
    DropConnection,
    HalfOpen,
    Stall(bool),
}

impl Script {
    /// A script without steps: it does not even answer the handshake.
    pub fn new() -> Self {
        Self::default()
    }

    fn step(mut self, step: Step) -> Self {
        self.steps.push(step);
        self
    }

    /// Accepts the handshake and selects the first subprotocol offered.
    pub fn open(self) -> Self {
        self.step(Step::Open)
    }

    /// Accepts the handshake with these response header fields and this subprotocol.
    pub fn open_with(self, event: OpenEvent) -> Self {
        self.step(Step::OpenWith(event))
    }

    /// Fails the connection with `error`, before or after it is open.
    pub fn fail_connect(self, error: Error) -> Self {
        self.step(Step::FailConnect(error))
    }

    /// Expects this message next.
    pub fn expect_send(self, message: impl Into<Message>) -> Self {
        self.step(Step::ExpectSend(message.into()))
    }

    /// Expects a Close frame next, answers it with the same one, and ends the transport.
    pub fn expect_close(self, code: u16, reason: impl Into<String>) -> Self {
        self.step(Step::ExpectClose(code, reason.into()))
    }

    /// Sends a message.
    pub fn reply(self, message: impl Into<Message>) -> Self {
        self.step(Step::Reply(message.into()))
    }

    /// Sends the next `count` messages back.
    pub fn echo(self, count: usize) -> Self {
        self.step(Step::Echo(count))
    }

    /// Sends a Close frame, waits for its answer and ends the transport.
    pub fn close_with(self, code: u16, reason: impl Into<String>) -> Self {
        self.step(Step::CloseWith(code, reason.into()))
    }

    /// Waits for this much virtual time.
    pub fn delay(self, duration: Duration) -> Self {
        self.step(Step::Delay(duration))
    }

    /// Ends the transport without a Close frame.
    pub fn drop_connection(self) -> Self {
        self.step(Step::DropConnection)
    }

    /// Answers nothing any more, not even a Close frame, and never ends the transport.
    pub fn half_open(self) -> Self {
        self.step(Step::HalfOpen)
    }

    /// Stops taking what the task sends, so that its sends stay waiting.
    pub fn stall(self) -> Self {
        self.step(Step::Stall(true))
    }

    /// Takes again what the task sends.
    pub fn resume(self) -> Self {
        self.step(Step::Stall(false))
    }
}
