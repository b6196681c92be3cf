//! A close that this side has asked for.

use std::cell::{Cell, OnceCell};

use taro_socket_api::{CloseFrame, Error};

/// What was asked for, and why the host does not do it. Hosts tell how they take it by `success` and `fail`.
#[derive(Default)]
pub(crate) struct OwnClose {
    frame: OnceCell<CloseFrame>,
    pub(crate) refusal: Cell<Option<Error>>,
    /// The app was in the background when the host was last asked.
    pub(crate) hidden: Cell<bool>,
    /// After a refusal of the background the host was asked again at once, though it may not have told yet that the app
    /// is hidden: not twice, until it is shown.
    pub(crate) again: Cell<bool>,
}

impl OwnClose {
    /// The host is asked; the first frame stands.
    pub(crate) fn ask(&self, code: u16, reason: &str) {
        if let Ok(frame) = CloseFrame::new(code, reason) {
            let _ = self.frame.set(frame);
        }
    }

    /// What was asked for.
    pub(crate) fn frame(&self) -> Option<&CloseFrame> {
        self.frame.get()
    }
}
