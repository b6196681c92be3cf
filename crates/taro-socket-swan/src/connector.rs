//! Makes tasks of Baidu smart-programs.

use std::{fmt, sync::Arc};

use taro_socket_api::{
    Capability, CapabilitySet, ConnectRequest, Platform, Result, SocketConnector, SocketTask,
};
use taro_socket_mini::{Allowance, MiniTask, Slots};

use crate::{task::Swan, vendor::VENDOR};

const CAPABILITIES: CapabilitySet = CapabilitySet::of(&[Capability::RequestHeader]);

static SLOTS: Slots = Slots::new();

/// How many sockets Baidu lets exist at once.
const MAX_SOCKETS: u32 = 5;

/// Makes tasks over `swan.connectSocket`.
#[derive(Clone, Copy)]
pub struct SwanConnector {
    max_sockets: u32,
    binary_as_base64: bool,
}

impl Default for SwanConnector {
    fn default() -> Self {
        Self::new()
    }
}

impl SwanConnector {
    /// A connector.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            max_sockets: MAX_SOCKETS,
            binary_as_base64: false,
        }
    }

    /// How many sockets may exist at once; default 5; one of Baidu's pages says 2. One more fails with
    /// `LimitExceeded` before Baidu is asked. All connectors of this platform count together.
    #[must_use]
    pub fn max_sockets(self, max_sockets: u32) -> Self {
        Self {
            max_sockets,
            ..self
        }
    }

    /// Sends binary messages as text, in base64 (RFC 4648 §4); off by default.
    ///
    /// For devices where a buffer is reported to arrive as text, and servers that expect it so.
    #[must_use]
    pub fn binary_as_base64(self, on: bool) -> Self {
        Self {
            binary_as_base64: on,
            ..self
        }
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

/// How many sockets Baidu has now, connecting and closing ones included.
#[must_use]
pub fn sockets() -> u32 {
    SLOTS.taken()
}

impl SocketConnector for SwanConnector {
    fn platform(&self) -> Platform {
        Platform::Swan
    }

    fn capabilities(&self) -> CapabilitySet {
        CAPABILITIES
    }

    fn connect_socket_now(&self, request: ConnectRequest) -> Result<Arc<dyn SocketTask>> {
        let dialect = match self.binary_as_base64 {
            true => &Swan {
                binary_as_base64: true,
            },
            false => &Swan {
                binary_as_base64: false,
            },
        };
        MiniTask::start(self.allowance(), dialect, request)
    }
}

/// Of few words, for each is downloaded: every `dyn SocketConnector` brings it along.
impl fmt::Debug for SwanConnector {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SwanConnector")
    }
}
