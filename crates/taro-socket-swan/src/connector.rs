//! Makes tasks of Baidu smart-programs.

use taro_socket_api::{Capability, CapabilitySet};

use crate::{task::Swan, vendor::VENDOR};

const CAPABILITIES: CapabilitySet = CapabilitySet::of(&[Capability::RequestHeader]);

taro_socket_mini::mini_connector!(SwanConnector, Swan, Swan, CAPABILITIES, "Baidu", &VENDOR);

impl SwanConnector {
    /// Sends binary messages as text, in base64 (RFC 4648 §4); off by default.
    ///
    /// For devices where a buffer is reported to arrive as text, and servers that expect it so.
    #[must_use]
    pub fn binary_as_base64(self, on: bool) -> Self {
        let dialect = Swan {
            binary_as_base64: on,
        };
        Self { dialect, ..self }
    }
}
