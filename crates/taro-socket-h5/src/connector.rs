//! Makes H5 tasks.

use taro_socket_api::{Capability, CapabilitySet};
use taro_socket_js::connection::JsTask;

use crate::{href, task::Browser};

const CAPABILITIES: CapabilitySet = CapabilitySet::of(&[
    Capability::PlainWs,
    Capability::SelectedProtocol,
    Capability::CloseStatus,
    Capability::CloseAnswer,
    Capability::Ws,
]);

/// Makes tasks over the browser's `WebSocket`.
#[derive(Clone, Copy, Default)]
pub struct H5Connector;

impl H5Connector {
    /// A connector.
    #[must_use]
    pub const fn new() -> Self {
        Self
    }
}

taro_socket_js::connector!(
    H5Connector,
    H5,
    CAPABILITIES,
    |_: &_, request| JsTask::start(Browser::dial(&request)?, &request),
    parse_url: href::parse
);
