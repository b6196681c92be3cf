//! Whether redirects are followed, and how many.

use taro_socket_api::Result;

use super::{NativeConnectorBuilder, invalid};

/// Redirects that are followed where nobody says how many.
const REDIRECTS: u32 = 5;
/// Most redirects that can be asked for, as browsers have it (WHATWG Fetch §4.4).
const MOST_REDIRECTS: u32 = 20;

impl NativeConnectorBuilder {
    /// Follows up to 5 redirects: [`max_redirects(5)`](Self::max_redirects).
    pub fn follow_redirects(self) -> Self {
        self.max_redirects(REDIRECTS)
    }

    /// Follows redirects of the opening handshake (301, 302, 303, 307, 308), so many for one connection: 0 to 20.
    /// Default: 0, none is followed, and the task fails with the status and where it leads.
    ///
    /// Each place is dialled anew, all within the option's `timeout`. None leads from `wss://` to `ws://`. To another
    /// origin (scheme, host, port) the header fields `Authorization`, `Cookie` and `Proxy-Authorization`,
    /// the [`host`](Self::host) set here, a client certificate and the server name of `TlsOptions` do not go along, nor
    /// back from there; all other header fields and the subprotocols do. Over a stream that was given
    /// ([`connect_over`](crate::NativeConnector::connect_over)) nothing is followed.
    pub fn max_redirects(mut self, limit: u32) -> Self {
        self.max_redirects = limit;
        self
    }
}

/// The number, if it can be asked for.
pub(super) fn checked(limit: u32) -> Result<u32> {
    match limit {
        0..=MOST_REDIRECTS => Ok(limit),
        _ => Err(invalid("max_redirects takes 0 to 20")),
    }
}
