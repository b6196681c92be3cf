//! Makes H5 tasks.

use std::sync::Arc;

use taro_socket_api::{
    Capability, CapabilitySet, ConnectRequest, Platform, Result, SocketConnector, SocketTask,
};

use crate::{driver::Connection, task::H5Task};

const CAPABILITIES: CapabilitySet = CapabilitySet::of(&[
    Capability::PlainWs,
    Capability::SelectedProtocol,
    Capability::CloseStatus,
    Capability::CloseAnswer,
    Capability::Ws,
]);

/// Makes tasks over the browser's `WebSocket`.
#[derive(Clone, Copy, Debug, Default)]
pub struct H5Connector;

impl H5Connector {
    /// A connector.
    #[must_use]
    pub const fn new() -> Self {
        Self
    }
}

impl SocketConnector for H5Connector {
    fn platform(&self) -> Platform {
        Platform::H5
    }

    fn capabilities(&self) -> CapabilitySet {
        CAPABILITIES
    }

    #[expect(
        clippy::arc_with_non_send_sync,
        reason = "the trait says Arc for all platforms; here everything is of one thread"
    )]
    fn connect_socket_now(&self, request: ConnectRequest) -> Result<Arc<dyn SocketTask>> {
        let (core, connection) = Connection::start(&request)?;
        Ok(Arc::new(H5Task::new(core, connection)))
    }
}
