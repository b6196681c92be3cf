//! What one connection is driven with.

use std::sync::Arc;

use taro_socket_api::{
    CapabilitySet, CloseCause, CloseEvent, Emitter, Error, ErrorKind, ReadyState,
};

use crate::{
    app::MockApp,
    clock::WeakClock,
    fault::{FaultState, Faults},
    link::Link,
    outbox::Outbox,
    request::MockRequest,
    sockets::Socket,
};

/// Drives one connection; runs as a task of the clock.
#[derive(Debug)]
pub(crate) struct Driver {
    pub(crate) app: MockApp,
    /// Its place among the connector's, until its end.
    pub(crate) socket: Option<Socket>,
    pub(crate) emitter: Arc<Emitter>,
    pub(crate) link: Arc<Link>,
    pub(crate) outbox: Arc<Outbox>,
    pub(crate) clock: WeakClock,
    pub(crate) request: MockRequest,
    pub(crate) capabilities: CapabilitySet,
    pub(crate) faults: Faults,
    pub(crate) state: FaultState,
}

impl Drop for Driver {
    /// The clock is gone: what waits in the queue is told before the end, as at any other end.
    fn drop(&mut self) {
        if self.emitter.ready_state() == ReadyState::Closed {
            return;
        }
        let text = "the clock of the connection is gone";
        self.emitter.failed(Error::new(ErrorKind::Aborted, text));
        let event = CloseEvent::abnormal(CloseCause::Transport);
        self.emitter.closed_after(event, self.outbox.end());
    }
}
