//! The task of a native connection.

use taro_socket_api::{
    CloseFrame, Message, SocketTask,
    adapter::{Completion, TaskCore},
};

use crate::queue::Sender;

/// Hands everything to the driver.
#[derive(Debug)]
pub(crate) struct NativeTask {
    core: TaskCore,
    queue: Sender,
}

impl NativeTask {
    pub(crate) fn new(core: TaskCore, queue: Sender) -> Self {
        Self { core, queue }
    }
}

impl SocketTask for NativeTask {
    fn core(&self) -> &TaskCore {
        &self.core
    }

    fn start_send(&self, message: Message, done: Completion) {
        self.queue.send(message, done);
    }

    fn start_close(&self, frame: CloseFrame, done: Completion) {
        self.queue.close(frame, done);
    }

    fn start_flush(&self, done: Completion) {
        self.queue.flush(done);
    }

    fn start_abort(&self) {
        self.queue.abort();
    }
}

impl Drop for NativeTask {
    fn drop(&mut self) {
        if self.core.request_close() {
            self.queue.close(CloseFrame::default(), Completion::none());
        }
    }
}
