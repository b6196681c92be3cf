//! The mock's task.

use std::sync::Arc;

use taro_socket_api::{CloseFrame, Completion, Emitter, Message, SocketTask, TaskCore};

use crate::{app::MockApp, fault::Faults, outbox::Outbox};

/// A task whose peer is simulated.
#[derive(Debug)]
pub(crate) struct MockTask {
    core: TaskCore,
    outbox: Arc<Outbox>,
    faults: Faults,
    app: MockApp,
    /// Only with [`Fault::NoQueueAccounting`](crate::Fault::NoQueueAccounting).
    uncounted: Option<Arc<Emitter>>,
}

impl MockTask {
    pub(crate) fn new(
        core: TaskCore,
        outbox: Arc<Outbox>,
        faults: Faults,
        app: MockApp,
        uncounted: Option<Arc<Emitter>>,
    ) -> Self {
        Self {
            core,
            outbox,
            faults,
            app,
            uncounted,
        }
    }
}

impl SocketTask for MockTask {
    fn core(&self) -> &TaskCore {
        &self.core
    }

    fn start_send(&self, message: Message, done: Completion) {
        if let Some(emitter) = &self.uncounted {
            emitter.sent(message.len() as u64, 1);
        }
        self.outbox.push(message, done);
    }

    fn start_close(&self, frame: CloseFrame, done: Completion) {
        if self.faults.forgets_hidden_close() && self.app.is_hidden() {
            return done.succeed();
        }
        self.outbox.close(frame);
        if !self.faults.aborts_close() {
            done.succeed();
        }
    }

    fn start_flush(&self, done: Completion) {
        if self.faults.flushes_nothing() {
            return done.succeed();
        }
        self.outbox.flush(done);
    }

    fn start_abort(&self) {
        if self.faults.aborts_politely() {
            return self.outbox.close(CloseFrame::default());
        }
        self.outbox.abort();
    }
}

impl Drop for MockTask {
    /// The last handle is gone: closes with 1000.
    fn drop(&mut self) {
        if self.faults.stays_open_when_dropped() {
            return;
        }
        if self.faults.forgets_hidden_close() && self.app.is_hidden() {
            return;
        }
        if self.faults.closes_unasked() || self.core.request_close() {
            self.outbox.close(CloseFrame::default());
        }
    }
}
