//! A close that this side has asked for.

use std::cell::{Cell, OnceCell};

use taro_socket_api::{CloseFrame, Completion, Error};

/// What was asked for, and how the host takes it: it tells that by `success` and `fail`.
#[derive(Default)]
pub(crate) struct OwnClose {
    frame: OnceCell<CloseFrame>,
    /// Waits for the host to take it.
    done: Cell<Option<Completion>>,
    /// Why the host does not.
    refusal: Cell<Option<Error>>,
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

    /// Reports through `done` how the host takes it.
    pub(crate) fn wait(&self, done: Completion) {
        self.done.set(Some(done));
    }

    /// The host takes it, or the connection has ended.
    pub(crate) fn accepted(&self) {
        self.refusal.take();
        if let Some(done) = self.done.take() {
            done.succeed();
        }
    }

    /// The host does not take it, for now.
    pub(crate) fn refused(&self, error: Error) {
        self.refusal.set(Some(error));
    }

    /// The time is over; whether the host refuses still, which is then told.
    pub(crate) fn give_up(&self) -> bool {
        let Some(error) = self.refusal.take() else {
            return false;
        };
        if let Some(done) = self.done.take() {
            done.fail(error);
        }
        true
    }
}
