//! Making one simulated connection.

use std::sync::Arc;

use taro_socket_api::{Acceptance, CapabilitySet, Limits, SocketTask, TaskCore};

use crate::{
    app::MockApp,
    clock::WeakClock,
    driver::Driver,
    fault::{FaultState, Faults, Neighbours},
    link::Link,
    outbox::Outbox,
    request::MockRequest,
    sockets::Socket,
    task::MockTask,
};

/// What a connection is made of, besides its peer.
#[derive(Debug)]
pub(crate) struct Connection {
    pub(crate) app: MockApp,
    pub(crate) socket: Option<Socket>,
    pub(crate) clock: WeakClock,
    pub(crate) capabilities: CapabilitySet,
    pub(crate) faults: Faults,
    pub(crate) neighbours: Neighbours,
    pub(crate) limits: Limits,
    pub(crate) request: MockRequest,
    pub(crate) link: Arc<Link>,
}

impl Connection {
    /// Makes the task and starts its driver.
    pub(crate) fn start(self) -> Arc<dyn SocketTask> {
        let (core, emitter) = TaskCore::new(self.limits, Acceptance::Queued);
        let emitter = Arc::new(emitter);
        let uncounted = self
            .faults
            .no_queue_accounting()
            .then(|| Arc::clone(&emitter));
        let outbox = Outbox::new();
        self.app.add(&self.link);
        let driver = Driver {
            app: self.app.clone(),
            socket: self.socket,
            emitter,
            state: FaultState::new(self.faults, &self.link, &self.neighbours),
            link: self.link,
            outbox: Arc::clone(&outbox),
            clock: self.clock.clone(),
            request: self.request,
            capabilities: self.capabilities,
            faults: self.faults,
        };
        self.clock.spawn(Box::pin(driver.run()));
        Arc::new(MockTask::new(
            core,
            outbox,
            self.faults,
            self.app,
            uncounted,
        ))
    }
}
