//! Makes tasks of Alipay mini-programs.

use taro_socket_api::{Capability, CapabilitySet};

use crate::{task::Alipay, vendor::VENDOR};

const CAPABILITIES: CapabilitySet =
    CapabilitySet::of(&[Capability::RequestHeader, Capability::PlainWs]);

taro_socket_mini::mini_connector!(
    AlipayConnector,
    Alipay,
    Alipay,
    CAPABILITIES,
    "Alipay",
    &VENDOR
);
