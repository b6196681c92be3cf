//! Taro's `CloseOption`.

use crate::{
    CloseFrame, Result,
    callback::{Callbacks, callback_setters},
};

/// A request to close, with Taro's three callbacks. Defaults: code 1000, empty reason.
#[derive(Debug)]
pub struct CloseOption {
    code: u16,
    reason: String,
    callbacks: Callbacks,
}

impl Default for CloseOption {
    fn default() -> Self {
        Self {
            code: 1000,
            reason: String::new(),
            callbacks: Callbacks::default(),
        }
    }
}

impl CloseOption {
    /// Closes with code 1000 and an empty reason.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The status code: 1000, or within 3000..=4999. Checked when the close is asked for.
    #[must_use]
    pub fn code(mut self, code: u16) -> Self {
        self.code = code;
        self
    }

    /// The reason: at most 123 bytes of UTF-8. Checked when the close is asked for.
    #[must_use]
    pub fn reason(mut self, reason: impl Into<String>) -> Self {
        self.reason = reason.into();
        self
    }

    callback_setters! {
        success: "Called once the close is accepted. The end itself is `on_close`.",
        fail: "Called if the close is refused; the connection stays as it was."
    }

    pub(crate) fn into_parts(self) -> (Result<CloseFrame>, Callbacks) {
        (CloseFrame::new(self.code, self.reason), self.callbacks)
    }
}
