//! The task of a React Native connection.

use std::{fmt, rc::Rc};

use taro_socket_api::{CloseFrame, Completion, Message, SocketTask, TaskCore};

use crate::driver::Connection;

/// Hands everything to the connection, which lives on until its end.
pub(crate) struct RnTask {
    core: TaskCore,
    connection: Rc<Connection>,
}

impl RnTask {
    pub(crate) fn new(core: TaskCore, connection: Rc<Connection>) -> Self {
        Self { core, connection }
    }
}

impl SocketTask for RnTask {
    fn core(&self) -> &TaskCore {
        &self.core
    }

    fn start_send(&self, message: Message, done: Completion) {
        self.connection.send(&message, done);
    }

    fn start_close(&self, frame: CloseFrame, done: Completion) {
        self.connection.close(&frame, done);
    }
}

impl Drop for RnTask {
    fn drop(&mut self) {
        if self.core.request_close() {
            self.connection
                .close(&CloseFrame::default(), Completion::none());
        }
    }
}

/// Of few words, for each is downloaded: every `dyn SocketTask` brings it along.
impl fmt::Debug for RnTask {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RnTask")
    }
}
