//! What the builder has set.

use std::{collections::HashMap, net::IpAddr, sync::Arc};

use crate::{Dialer, proxy::ProxyChoice, tcp::TcpOptions, tls::Tls};

/// How a connector makes connections.
#[derive(Default)]
pub(crate) struct Settings {
    /// Makes all connections, where there is one.
    pub(crate) dialer: Option<Arc<dyn Dialer>>,
    /// Addresses of names that are not asked for.
    pub(crate) resolved: HashMap<String, Vec<IpAddr>>,
    pub(crate) tcp: TcpOptions,
    /// The `Host` of the opening handshake, where it is not the URL's.
    pub(crate) host: Option<String>,
    pub(crate) tls: Tls,
    pub(crate) proxy: ProxyChoice,
}
