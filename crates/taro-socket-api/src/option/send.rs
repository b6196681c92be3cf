//! Taro's `SendOption`.

use crate::{CallbackResult, Completion, Error, MaybeSend, Message, callback::Callbacks};

/// A message to send, with Taro's three callbacks.
#[derive(Debug)]
pub struct SendOption {
    data: Message,
    callbacks: Callbacks,
}

impl SendOption {
    /// Sends `data`, text or binary.
    #[must_use]
    pub fn new(data: impl Into<Message>) -> Self {
        Self {
            data: data.into(),
            callbacks: Callbacks::default(),
        }
    }

    /// Called once the transport has taken the message over. That does not mean delivered.
    #[must_use]
    pub fn success(mut self, call: impl FnOnce(CallbackResult) + MaybeSend + 'static) -> Self {
        self.callbacks.success(call);
        self
    }

    /// Called if the message is refused or cannot be sent any more.
    #[must_use]
    pub fn fail(mut self, call: impl FnOnce(Error) + MaybeSend + 'static) -> Self {
        self.callbacks.fail(call);
        self
    }

    /// Called after `success` or `fail`, with the same result.
    #[must_use]
    pub fn complete(mut self, call: impl FnOnce(CallbackResult) + MaybeSend + 'static) -> Self {
        self.callbacks.complete(call);
        self
    }

    pub(crate) fn into_parts(self) -> (Message, Completion) {
        (
            self.data,
            Completion::callbacks("sendSocketMessage", self.callbacks),
        )
    }
}
