//! Makes connectors of mini-programs.

use std::sync::Arc;

use taro_socket_api::{ConnectRequest, Result, SocketTask};
use taro_socket_js::connection::JsTask;

use crate::{Allowance, Dialect, host::Mini};

/// A task in state Connecting; the host is asked to connect.
///
/// # Errors
///
/// `LimitExceeded` without a free slot, `HostUnavailable` without the host's function, and what the host says where it
/// refuses at once.
pub fn connect(
    allowance: Allowance,
    dialect: Box<dyn Dialect>,
    request: &ConnectRequest,
) -> Result<Arc<dyn SocketTask>> {
    JsTask::start(Mini::new(allowance, dialect, request)?, request)
}

/// Makes the connector of a vendor, and the function `sockets`, for the crate that calls it.
///
/// `mini_connector!(Connector, Platform, Dialect, CAPABILITIES, "Vendor", &VENDOR)`: the vendor's object is bound by
/// [`vendor!`](crate::vendor); the dialect is `Copy` and has a constant `new`.
#[macro_export]
macro_rules! mini_connector {
    ($connector:ident, $platform:ident, $dialect:ident, $capabilities:expr, $vendor:literal, $object:expr) => {
        static SLOTS: $crate::Slots = $crate::Slots::new();

        #[doc = concat!("Makes tasks over the `connectSocket` of ", $vendor, ".")]
        #[derive(Clone, Copy)]
        pub struct $connector {
            max_sockets: u32,
            dialect: $dialect,
        }

        impl Default for $connector {
            fn default() -> Self {
                Self::new()
            }
        }

        impl $connector {
            /// A connector.
            #[must_use]
            pub const fn new() -> Self {
                Self {
                    max_sockets: 5,
                    dialect: $dialect::new(),
                }
            }

            #[doc = concat!("How many sockets may exist at once; default 5, the limit that ", $vendor, " documents.")]
            /// One more fails with `LimitExceeded` before the host is asked. All connectors of this platform count
            /// together.
            #[must_use]
            pub fn max_sockets(self, max_sockets: u32) -> Self {
                Self { max_sockets, ..self }
            }
        }

        #[doc = concat!("How many sockets ", $vendor, " has now, connecting and closing ones included.")]
        #[must_use]
        pub fn sockets() -> u32 {
            SLOTS.taken()
        }

        ::taro_socket_js::connector!($connector, $platform, $capabilities, |own: &$connector, request| {
            let allowance = $crate::Allowance {
                host: $object,
                slots: || &SLOTS,
                max_sockets: own.max_sockets,
            };
            $crate::connect(allowance, Box::new(own.dialect), &request)
        });
    };
}
