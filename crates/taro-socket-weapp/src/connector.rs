//! Makes tasks of WeChat mini-programs.

use taro_socket_api::{Capability, CapabilitySet};

use crate::{task::Weapp, vendor::VENDOR};

const CAPABILITIES: CapabilitySet = CapabilitySet::of(&[
    Capability::RequestHeader,
    Capability::ResponseHeader,
    Capability::PlainWs,
    Capability::TcpNoDelay,
    Capability::PerMessageDeflate,
    Capability::ForceCellularNetwork,
    Capability::SelectedProtocol,
    Capability::CloseStatus,
]);

taro_socket_mini::mini_connector!(
    WeappConnector,
    Weapp,
    Weapp,
    CAPABILITIES,
    "WeChat",
    &VENDOR
);
