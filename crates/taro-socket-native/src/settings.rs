//! What the builder has set.

use std::{collections::HashMap, net::IpAddr, sync::Arc, time::Duration};

use taro_socket_api::{KeepAlive, Result, SocketUrl};

use crate::{
    Dialer,
    proxy::{ProxyChoice, Route},
    tcp::TcpOptions,
    tls::Tls,
};

/// How a connector makes connections.
pub(crate) struct Settings {
    /// Makes all connections, where there is one.
    pub(crate) dialer: Option<Arc<dyn Dialer>>,
    /// Addresses of names that are not asked for.
    pub(crate) resolved: HashMap<String, Vec<IpAddr>>,
    pub(crate) tcp: TcpOptions,
    /// The `Host` of the opening handshake, where it is not the URL's.
    pub(crate) host: Option<String>,
    /// How many redirects of one connection are followed.
    pub(crate) max_redirects: u32,
    /// How pings are sent, where the option says nothing.
    pub(crate) keep_alive: Option<KeepAlive>,
    pub(crate) tls: Tls,
    pub(crate) proxy: ProxyChoice,
}

impl Settings {
    /// The proxy on the way to the server of `url`, where there is one; its TLS, if it is these settings', is in order.
    pub(crate) fn route(&self, url: &SocketUrl) -> Result<Option<Route>> {
        let route = self.proxy.route(url, self.dialer.is_some())?;
        if route.as_ref().is_some_and(Route::takes_connectors_tls) {
            self.tls.check()?;
        }
        Ok(route)
    }
}

/// How long a server may say nothing, and then not answer, by default: 20 s each. Shorter than the idle time-outs of common
/// proxies and routers (nginx 60 s, most NATs 60 s and more).
pub(crate) const KEEP_ALIVE: KeepAlive = KeepAlive {
    interval: Duration::from_secs(20),
    deadline: Duration::from_secs(20),
};

impl Default for Settings {
    fn default() -> Self {
        Self {
            dialer: None,
            resolved: HashMap::new(),
            tcp: TcpOptions::default(),
            host: None,
            max_redirects: 0,
            keep_alive: Some(KEEP_ALIVE),
            tls: Default::default(),
            proxy: ProxyChoice::default(),
        }
    }
}
