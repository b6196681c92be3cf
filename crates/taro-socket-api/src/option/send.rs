//! Taro's `SendOption`.

use std::fmt;

use crate::{
    Message,
    callback::{Callbacks, callback_setters},
};

/// A message to send, with Taro's three callbacks. Its `Debug` does not show the message.
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

    callback_setters! {
        success: "Called once the transport has taken the message over. That does not mean delivered.",
        fail: "Called if the message is refused or cannot be sent any more."
    }

    pub(crate) fn into_parts(self) -> (Message, Callbacks) {
        (self.data, self.callbacks)
    }
}

impl fmt::Debug for SendOption {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SendOption")
            .field("bytes", &self.data.len())
            .field("callbacks", &self.callbacks)
            .finish()
    }
}
