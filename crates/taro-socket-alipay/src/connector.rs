//! Makes tasks of Alipay mini-programs.

use std::{fmt, sync::Arc};

use taro_socket_api::{
    Capability, CapabilitySet, ConnectRequest, Platform, Result, SocketConnector, SocketTask,
};
use taro_socket_mini::{Allowance, MiniTask, Slots};

use crate::{task::Alipay, vendor::VENDOR};

const CAPABILITIES: CapabilitySet =
    CapabilitySet::of(&[Capability::RequestHeader, Capability::PlainWs]);

static SLOTS: Slots = Slots::new();

/// How many sockets Alipay lets exist at once.
const MAX_SOCKETS: u32 = 5;

/// Makes tasks over `my.connectSocket`.
#[derive(Clone, Copy)]
pub struct AlipayConnector {
    max_sockets: u32,
}

impl Default for AlipayConnector {
    fn default() -> Self {
        Self::new()
    }
}

impl AlipayConnector {
    /// A connector.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            max_sockets: MAX_SOCKETS,
        }
    }

    /// How many sockets may exist at once; default 5, Alipay's own limit. One more fails with `LimitExceeded`
    /// before Alipay is asked. All connectors of this platform count together.
    #[must_use]
    pub fn max_sockets(self, max_sockets: u32) -> Self {
        Self { max_sockets }
    }

    /// Not a constant: Rust 1.85 has none that refer to a static that changes.
    fn allowance(self) -> Allowance {
        Allowance {
            host: &VENDOR,
            slots: &SLOTS,
            max_sockets: self.max_sockets,
        }
    }
}

/// How many sockets Alipay has now, connecting and closing ones included.
#[must_use]
pub fn sockets() -> u32 {
    SLOTS.taken()
}

impl SocketConnector for AlipayConnector {
    fn platform(&self) -> Platform {
        Platform::Alipay
    }

    fn capabilities(&self) -> CapabilitySet {
        CAPABILITIES
    }

    fn connect_socket_now(&self, request: ConnectRequest) -> Result<Arc<dyn SocketTask>> {
        MiniTask::start(self.allowance(), &Alipay, request)
    }
}

/// Of few words, for each is downloaded: every `dyn SocketConnector` brings it along.
impl fmt::Debug for AlipayConnector {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("AlipayConnector")
    }
}
