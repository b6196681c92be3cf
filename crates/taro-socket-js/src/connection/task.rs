//! The task of a JavaScript host's connection.

use std::{fmt, rc::Rc, sync::Arc};

use taro_socket_api::{
    CloseFrame, Completion, ConnectRequest, MaybeSend, MaybeSync, Message, Result, SocketTask,
    TaskCore,
};

use super::{Connection, Host, guard};

/// Hands everything to the connection, which lives on until its end.
pub struct JsTask<H: Host> {
    core: TaskCore,
    connection: Rc<Connection<H>>,
}

impl<H: Host> JsTask<H>
where
    Self: MaybeSend + MaybeSync,
{
    /// A task in state Connecting; the host is asked to connect.
    ///
    /// # Errors
    ///
    /// What the host refuses with before it returns.
    pub fn start(host: H, request: &ConnectRequest) -> Result<Arc<dyn SocketTask>> {
        let (core, connection) = Connection::start(host, request)?;
        Ok(Arc::new(Self { core, connection }))
    }
}

// Where there are threads no host's value may be a task's; the bound lets the crate build there all the same.
impl<H: Host> SocketTask for JsTask<H>
where
    Self: MaybeSend + MaybeSync,
{
    fn core(&self) -> &TaskCore {
        &self.core
    }

    fn start_send(&self, message: Message, done: Completion) {
        self.connection.send(&message, done);
    }

    fn start_close(&self, frame: CloseFrame, done: Completion) {
        self.connection.close(&frame, done);
    }

    fn start_flush(&self, done: Completion) {
        // What it would wait for is aborted after the end, and so is it: `done` is dropped.
        if !self.connection.is_ended() {
            H::flush(&self.connection, done);
            guard::tell_nested();
        }
    }

    fn start_abort(&self) {
        self.connection.abort();
    }
}

impl<H: Host> Drop for JsTask<H> {
    fn drop(&mut self) {
        if self.core.request_close() {
            self.connection
                .close(&CloseFrame::default(), Completion::none());
        }
    }
}

/// Of few words, for each is downloaded: every `dyn SocketTask` brings it along.
impl<H: Host> fmt::Debug for JsTask<H> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JsTask")
    }
}
