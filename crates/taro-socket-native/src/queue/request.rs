//! The things that are asked for.

use std::collections::VecDeque;

use taro_socket_api::{CloseFrame, Message, adapter::Completion};

use crate::engine::Staged;

/// What leaves in order, and whom to tell.
#[derive(Debug)]
pub(crate) enum Outgoing {
    Message(Message, Completion),
    /// Told when everything before it has been handed to the system.
    Flush(Completion),
}

/// A close to start, and whom to tell.
pub(crate) type Closing = (CloseFrame, Accepted);

/// The report of a close: it succeeds, at the latest when it is dropped. Whatever ends the connection,
/// the one who asked for its end has what was asked for.
#[derive(Debug)]
pub(crate) struct Accepted(Option<Completion>);

impl Accepted {
    pub(crate) fn new(done: Completion) -> Self {
        Self(Some(done))
    }

    /// Reports now.
    pub(crate) fn succeed(self) {
        drop(self);
    }
}

impl Drop for Accepted {
    fn drop(&mut self) {
        if let Some(done) = self.0.take() {
            done.succeed();
        }
    }
}

/// Everything asked for and not yet taken, in this order.
#[derive(Debug, Default)]
pub(crate) struct Requests {
    /// Small messages, encoded already.
    pub(crate) staged: Staged,
    /// What was too large for that, or came behind it.
    pub(crate) queued: VecDeque<Outgoing>,
    pub(crate) close: Option<Closing>,
}

impl Requests {
    pub(crate) fn is_empty(&self) -> bool {
        self.staged.is_empty() && self.queued.is_empty() && self.close.is_none()
    }
}
