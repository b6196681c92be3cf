//! Makes tasks of React Native.

use std::sync::Arc;

use taro_socket_api::{
    Capability, CapabilitySet, ConnectRequest, Platform, Result, SocketConnector, SocketTask,
};

use crate::{driver::Connection, task::RnTask};

const CAPABILITIES: CapabilitySet = CapabilitySet::of(&[
    Capability::RequestHeader,
    Capability::PlainWs,
    Capability::SelectedProtocol,
    Capability::CloseStatus,
    Capability::CloseAnswer,
]);

/// Makes tasks over React Native's `WebSocket`.
#[derive(Clone, Copy, Debug, Default)]
pub struct RnConnector;

impl RnConnector {
    /// A connector.
    #[must_use]
    pub const fn new() -> Self {
        Self
    }
}

impl SocketConnector for RnConnector {
    fn platform(&self) -> Platform {
        Platform::Rn
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
        Ok(Arc::new(RnTask::new(core, connection)))
    }
}
