//! The task of a browser's connection.

use std::rc::Rc;

use taro_socket_api::{CloseFrame, Completion, Message, SocketTask, TaskCore};

use crate::{driver::Connection, sockets};

/// Hands everything to the connection, which lives on until its end.
#[derive(Debug)]
pub(crate) struct H5Task {
    core: TaskCore,
    connection: Rc<Connection>,
}

impl H5Task {
    pub(crate) fn new(core: TaskCore, connection: Rc<Connection>) -> Self {
        sockets::add(&connection);
        Self { core, connection }
    }
}

impl SocketTask for H5Task {
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

impl Drop for H5Task {
    fn drop(&mut self) {
        sockets::remove(&self.connection);
        if self.core.request_close() {
            self.connection
                .close(&CloseFrame::default(), Completion::none());
        }
    }
}
