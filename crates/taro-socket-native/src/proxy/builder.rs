//! The settings of the builder that are about proxies.

use std::sync::Arc;

use super::{Proxy, ProxyChoice};
use crate::NativeConnectorBuilder;

impl NativeConnectorBuilder {
    /// Connects through this proxy, but for the servers that its
    /// [`no_proxy`](Proxy::no_proxy) names. The environment is not read.
    ///
    /// Where connections are dialled ([`dialer`](Self::dialer)), it is the proxy that is dialled, and the settings of TCP are
    /// those of the connection to it. [`connect_over`](crate::NativeConnector::connect_over) takes no proxy.
    pub fn proxy(mut self, proxy: Proxy) -> Self {
        self.proxy = ProxyChoice::Given(Arc::new(proxy));
        self
    }

    /// Connects without a proxy, whatever the environment says.
    pub fn no_proxy(mut self) -> Self {
        self.proxy = ProxyChoice::Direct;
        self
    }

    /// Whether the environment names proxies. Default: yes, but no beside a [`dialer`](Self::dialer) or a
    /// [`proxy`](Self::proxy). The last of these settings counts.
    ///
    /// It is read at each connection, and works as with curl:
    ///
    /// - Of `wss_proxy`, `https_proxy` and `all_proxy` the first that is not empty names the proxy for `wss://`, of
    ///   `ws_proxy`, `http_proxy` and `all_proxy` that for `ws://`. Each may be in upper case, too; lower case wins.
    ///   `HTTP_PROXY` does not count where `REQUEST_METHOD` is set: in a CGI program anybody can send it. On Windows, where
    ///   names have no case, `http_proxy` does not count there either.
    ///   Values are URLs as [`Proxy::new`] takes them, and what it refuses is refused by `connect_socket`, with the
    ///   variable's name.
    /// - `no_proxy`, or else `NO_PROXY`, lists servers to which no proxy leads, with commas or blanks between: a name stands
    ///   for itself and all names below it, with or without a dot before; an IP address for itself, also in brackets; a
    ///   network such as `10.0.0.0/8` or `fd00::/8` for the addresses in it; `*` for all. A port behind a colon leaves
    ///   the others out. Names are not resolved for this, and the loopback address is one as any other.
    ///
    /// Other than curl, which reads only the lower case of `http_proxy`, takes port 1080 where none is written, and knows in
    /// `no_proxy` neither ports nor brackets, `*` only alone, and `/0` as one address.
    pub fn proxy_from_env(mut self, read: bool) -> Self {
        self.proxy = match (read, self.proxy) {
            (true, _) => ProxyChoice::Environment,
            (false, ProxyChoice::Given(proxy)) => ProxyChoice::Given(proxy),
            (false, _) => ProxyChoice::Direct,
        };
        self
    }
}
