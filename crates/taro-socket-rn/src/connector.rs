//! Makes tasks of React Native.

use taro_socket_api::{Capability, CapabilitySet};
use taro_socket_js::connection::JsTask;

use crate::task::Native;

const CAPABILITIES: CapabilitySet = CapabilitySet::of(&[
    Capability::RequestHeader,
    Capability::PlainWs,
    Capability::SelectedProtocol,
    Capability::CloseStatus,
    Capability::CloseAnswer,
]);

/// Makes tasks over React Native's `WebSocket`.
#[derive(Clone, Copy, Default)]
pub struct RnConnector;

impl RnConnector {
    /// A connector.
    #[must_use]
    pub const fn new() -> Self {
        Self
    }
}

taro_socket_js::connector!(RnConnector, Rn, CAPABILITIES, |_: &_, request| {
    JsTask::start(Native::dial(&request)?, &request)
});
