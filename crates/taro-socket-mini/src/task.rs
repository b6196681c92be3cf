//! The task of a mini-program's connection.

use std::{fmt, rc::Rc, sync::Arc};

use taro_socket_api::{
    CloseFrame, Completion, ConnectRequest, Message, Result, SocketTask, TaskCore,
};

use crate::{Allowance, Dialect, driver::Connection};

/// Hands everything to the connection, which lives on until its end.
pub struct MiniTask {
    core: TaskCore,
    connection: Rc<Connection>,
}

impl MiniTask {
    /// A task in state Connecting; the host is asked to connect.
    ///
    /// # Errors
    ///
    /// `LimitExceeded` without a free slot, `HostUnavailable` without the host's function, and what the host
    /// says where it refuses at once.
    #[expect(
        clippy::arc_with_non_send_sync,
        reason = "the trait says Arc for all platforms; here everything is of one thread"
    )]
    pub fn start(
        allowance: Allowance,
        dialect: &'static dyn Dialect,
        request: ConnectRequest,
    ) -> Result<Arc<dyn SocketTask>> {
        let (core, connection) = Connection::start(allowance, dialect, request)?;
        Ok(Arc::new(Self { core, connection }))
    }
}

impl SocketTask for MiniTask {
    fn core(&self) -> &TaskCore {
        &self.core
    }

    fn start_send(&self, message: Message, done: Completion) {
        self.connection.send(&message, done);
    }

    fn start_close(&self, frame: CloseFrame, done: Completion) {
        self.connection.close(frame, done);
    }
}

impl Drop for MiniTask {
    fn drop(&mut self) {
        if self.core.request_close() {
            self.connection
                .close(CloseFrame::default(), Completion::none());
        }
    }
}

/// Of few words, for each is downloaded: every `dyn SocketTask` brings it along.
impl fmt::Debug for MiniTask {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("MiniTask")
    }
}
