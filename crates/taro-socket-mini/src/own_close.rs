//! A close that this side has asked for.

use std::cell::{Cell, OnceCell};

use taro_socket_api::{CloseFrame, Error};

use crate::what;

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
    /// How often the host was asked, and of which calls it has not reported, a bit for each.
    asked: Cell<u32>,
    unreported: Cell<u32>,
}

impl OwnClose {
    /// The host is asked; the first frame stands.
    pub(crate) fn ask(&self, code: u16, reason: &str) {
        if let Ok(frame) = CloseFrame::new(code, reason) {
            let _ = self.frame.set(frame);
        }
    }

    /// The number of one more call.
    pub(crate) fn number(&self) -> u32 {
        let number = self.asked.get();
        self.asked.set((number + 1) % what::CLOSES);
        self.unreported.set(self.unreported.get() | 1 << number);
        number
    }

    /// Whether this is the first report of a call: some hosts call `fail` and reject besides.
    pub(crate) fn is_first(&self, number: u32) -> bool {
        let unreported = self.unreported.get();
        self.unreported.set(unreported & !(1 << number));
        unreported & 1 << number != 0
    }

    /// What was asked for.
    pub(crate) fn frame(&self) -> Option<&CloseFrame> {
        self.frame.get()
    }
}
