//! Which connection takes which proxy.

use std::{env, sync::Arc};

use taro_socket_api::{Result, SocketUrl};

use super::{environment, no_proxy, option::Proxy};
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

impl ProxyChoice {
    /// Judges what was given. Beside a dialer the environment counts only where it was asked for.
    pub(crate) fn judged(self, beside_dialer: bool) -> Result<Self> {
        if let Self::Given(proxy) = &self {
            proxy.check("the proxy")?;
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
    /// `InvalidArgument`, or `Unsupported` without TLS: what is in the environment is no proxy.
    pub(crate) fn route(&self, url: &SocketUrl) -> Result<Option<Route>> {
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
                let found =
                    environment::proxy(url, env::consts::OS, |variable| env::var_os(variable))?;
                Ok(found.map(|(proxy, variable)| Route {
                    place: format!("proxy {} ({variable})", name::place(&proxy.at)),
                    proxy: Arc::new(proxy),
                }))
            }
        }
    }
}
