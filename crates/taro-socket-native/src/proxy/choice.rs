//! Which connection takes which proxy.

use std::{env, ffi::OsString, sync::Arc};

use taro_socket_api::{Result, SocketUrl};

use super::{
    environment, no_proxy,
    option::{Proxy, refused},
    scheme::Scheme,
};
use crate::name;

/// What the builder was told.
#[derive(Clone, Default)]
pub(crate) enum ProxyChoice {
    /// Nothing: the environment decides, unless a dialer does.
    #[default]
    Unset,
    Environment,
    Direct,
    Given(Arc<Proxy>),
}

/// A proxy that a connection takes.
pub(crate) struct Route {
    pub(super) proxy: Arc<Proxy>,
    /// As errors name it.
    pub(super) place: String,
}

impl Route {
    /// Whether it begins with TLS by the connector's options.
    pub(crate) fn takes_connectors_tls(&self) -> bool {
        self.proxy.scheme == Scheme::Https && self.proxy.tls.is_none()
    }
}

impl ProxyChoice {
    /// Judges what was given. Beside a dialer the environment counts only where it was asked for.
    pub(crate) fn judged(self, beside_dialer: bool) -> Result<Self> {
        if let Self::Given(proxy) = &self {
            proxy.check("the proxy")?;
            check_names(proxy, beside_dialer, "the proxy")?;
        }
        match self {
            Self::Unset if beside_dialer => Ok(Self::Direct),
            other => Ok(other),
        }
    }

    /// The proxy on the way to the server of `url`. The environment is read now.
    ///
    /// # Errors
    ///
    /// `InvalidArgument`, or `Unsupported` without TLS: what is in the environment is no proxy, or none beside a dialer.
    pub(crate) fn route(&self, url: &SocketUrl, beside_dialer: bool) -> Result<Option<Route>> {
        match self {
            Self::Direct => Ok(None),
            Self::Given(proxy) => {
                let left_out = no_proxy::names(&proxy.except, url.host(), url.port());
                Ok((!left_out).then(|| Route {
                    proxy: Arc::clone(proxy),
                    place: format!("proxy {}", name::place(&proxy.at)),
                }))
            }
            Self::Unset | Self::Environment => {
                let read = |variable: &str| env::var_os(variable);
                by_environment(url, beside_dialer, read)
            }
        }
    }
}

fn by_environment(
    url: &SocketUrl,
    beside_dialer: bool,
    read: impl Fn(&str) -> Option<OsString>,
) -> Result<Option<Route>> {
    let Some((proxy, variable)) = environment::proxy(url, env::consts::OS, read)? else {
        return Ok(None);
    };
    let what = format!("the environment variable {variable}");
    check_names(&proxy, beside_dialer, &what)?;
    Ok(Some(Route {
        place: format!("proxy {} ({variable})", name::place(&proxy.at)),
        proxy: Arc::new(proxy),
    }))
}

/// Beside a dialer the system is asked for no name.
fn check_names(proxy: &Proxy, beside_dialer: bool, what: &str) -> Result<()> {
    if beside_dialer && proxy.scheme == Scheme::Socks5 {
        let wrong = "with socks5:// the server's name is resolved here, which a connector with a dialer does not do: \
                     write socks5h://, or leave the dialer out";
        return Err(refused(what, wrong));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use taro_socket_api::ErrorKind;

    use super::*;

    #[test]
    fn no_variable_makes_a_connector_with_a_dialer_resolve_names() {
        let url = SocketUrl::parse("ws://server/").expect("a URL");
        let route = |value: &str, beside_dialer: bool| {
            let read = |name: &str| (name == "all_proxy").then(|| OsString::from(value));
            by_environment(&url, beside_dialer, read).map(|route| route.map(|route| route.place))
        };
        let socks5 = "socks5://user:SECRET@h";
        let error = route(socks5, true).expect_err("a name would be resolved");
        assert_eq!(error.kind(), ErrorKind::InvalidArgument, "{error}");
        for part in ["variable all_proxy:", "write socks5h://"] {
            assert!(error.reason().contains(part), "{part}: {error}");
        }
        assert!(!format!("{error:?}").contains("SECRET"), "{error:?}");
        let place = Some("proxy h:1080 (all_proxy)".to_owned());
        for (value, beside_dialer) in [(socks5, false), ("socks5h://h", true)] {
            assert_eq!(route(value, beside_dialer).expect(value), place, "{value}");
        }
    }
}
