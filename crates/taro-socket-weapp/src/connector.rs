//! Makes tasks of WeChat mini-programs.

use std::{fmt, sync::Arc};

use taro_socket_api::{
    Capability, CapabilitySet, ConnectRequest, Platform, Result, SocketConnector, SocketTask,
};
use taro_socket_mini::{Allowance, MiniTask, Slots};

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

static SLOTS: Slots = Slots::new();

/// How many sockets WeChat lets exist at once, from base library 1.7.0 on.
const MAX_SOCKETS: u32 = 5;

/// Makes tasks over `wx.connectSocket`.
#[derive(Clone, Copy)]
pub struct WeappConnector {
    max_sockets: u32,
}

impl Default for WeappConnector {
    fn default() -> Self {
        Self::new()
    }
}

impl WeappConnector {
    /// A connector.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            max_sockets: MAX_SOCKETS,
        }
    }

    /// How many sockets may exist at once; default 5, WeChat's own limit. One more fails with `LimitExceeded`
    /// before WeChat is asked. All connectors of this platform count together.
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

/// How many sockets WeChat has now, connecting and closing ones included.
#[must_use]
pub fn sockets() -> u32 {
    SLOTS.taken()
}

impl SocketConnector for WeappConnector {
    fn platform(&self) -> Platform {
        Platform::Weapp
    }

    fn capabilities(&self) -> CapabilitySet {
        CAPABILITIES
    }

    fn connect_socket_now(&self, request: ConnectRequest) -> Result<Arc<dyn SocketTask>> {
        MiniTask::start(self.allowance(), &Weapp, request)
    }
}

/// Of few words, for each is downloaded: every `dyn SocketConnector` brings it along.
impl fmt::Debug for WeappConnector {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("WeappConnector")
    }
}
