//! A proxy, as a user names it.

use std::{fmt, sync::Arc};

use taro_socket_api::{Error, ErrorKind, Header, Result, SocketUrl, adapter::check_field};

use super::{credentials::Credentials, scheme::Scheme, url};
use crate::{name, tls::Tls};

/// A proxy on the way to the server.
///
/// | URL | what is spoken with the proxy |
/// |---|---|
/// | `http://host:port` | CONNECT (RFC 9110 §9.3.6); port 80 where none is written |
/// | `https://host:port` | the same over TLS, by the connector's [`TlsOptions`](crate::TlsOptions) or [its own](Self::tls); port 443 |
/// | `socks5://host:port` | SOCKS5 (RFC 1928) with the server's address, its name resolved here, so not beside a [`dialer`](crate::NativeConnectorBuilder::dialer); port 1080 |
/// | `socks5h://host:port` | SOCKS5 with the server's name, resolved by the proxy; port 1080 |
///
/// Without a scheme it is `http`. A user name and a password may stand in the URL, `http://user:password@host:port`, and
/// are percent-decoded: a `%`, `/`, `?` or `#` of theirs is written as `%25`, `%2F`, `%3F`, `%23`.
/// They go to the proxy as Basic credentials (RFC 7617) or by RFC 1929, and into no text: neither `Debug` nor `Display`
/// nor any error shows them, nor the values of header fields.
///
/// ```
/// use taro_socket_native::{NativeConnector, Proxy};
///
/// # fn run() -> taro_socket_api::Result<()> {
/// let proxy = Proxy::new("http://proxy.example:3128")?
///     .basic_auth("user", "password")
///     .no_proxy("localhost, .internal.example, 10.0.0.0/8");
/// let connector = NativeConnector::builder().proxy(proxy).build()?;
/// # Ok(())
/// # }
/// # run().expect("in order");
/// ```
#[derive(Clone)]
pub struct Proxy {
    pub(super) scheme: Scheme,
    /// Host and port, as a URL of `ws`.
    pub(super) at: SocketUrl,
    pub(super) credentials: Option<Credentials>,
    pub(super) fields: Vec<(String, String)>,
    pub(super) except: String,
    /// Where it is another than the connector's.
    pub(super) tls: Option<Arc<Tls>>,
}

impl Proxy {
    /// The proxy at `url`.
    ///
    /// # Errors
    ///
    /// Their texts repeat nothing of the URL.
    ///
    /// - `InvalidArgument`: the scheme is another (SOCKS4, too), the host or the port is malformed, there is a path, or user
    ///   name or password are no UTF-8 or cannot be told a proxy of this scheme.
    /// - `Unsupported`: `https` in a build without TLS.
    pub fn new(url: impl AsRef<str>) -> Result<Self> {
        Self::parse(url.as_ref(), "the proxy's URL")
    }

    /// As [`new`](Self::new); `what` names in errors what holds the URL.
    pub(super) fn parse(url: &str, what: &str) -> Result<Self> {
        let parts = url::parse(url).map_err(|wrong| refused(what, wrong))?;
        let proxy = Self {
            scheme: parts.scheme,
            at: parts.at,
            credentials: parts.credentials,
            fields: Vec::new(),
            except: String::new(),
            tls: None,
        };
        proxy.check(what).map(|()| proxy)
    }

    /// Gives the proxy this user name and password, instead of any in the URL: Basic credentials, or those of RFC 1929.
    ///
    /// `build` of the connector refuses with `InvalidArgument` what cannot be told: for HTTP a colon in the user name or
    /// a control character, for SOCKS5 an empty user name or one of them with more than 255 bytes.
    #[must_use]
    pub fn basic_auth(mut self, user: impl Into<String>, password: impl Into<String>) -> Self {
        self.credentials = Some(Credentials::new(user.into(), password.into()));
        self
    }

    /// Sends a header field with CONNECT, to the proxy and not to the server; for example `Proxy-Authorization` with a
    /// scheme other than Basic.
    ///
    /// `build` of the connector refuses with `InvalidArgument` what
    /// [`ConnectSocketOption::header`](taro_socket_api::ConnectSocketOption::header) does, `Proxy-Authorization` beside
    /// other credentials, and any field for SOCKS5.
    #[must_use]
    pub fn header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.fields.push((name.into(), value.into()));
        self
    }

    /// Leaves this proxy out for the servers in a list as that of `NO_PROXY`; see
    /// [`proxy_from_env`](crate::NativeConnectorBuilder::proxy_from_env). Default: none. The last list counts.
    #[must_use]
    pub fn no_proxy(mut self, servers: impl Into<String>) -> Self {
        self.except = servers.into();
        self
    }

    /// Whom to trust, and whom to be, with this proxy at `https://`. Default: as the connector with servers, but for the
    /// server name of those options.
    ///
    /// `build` of the connector refuses options that cannot be used, and with `InvalidArgument` any for another scheme.
    #[cfg(feature = "__tls")]
    #[must_use]
    pub fn tls(mut self, options: crate::TlsOptions) -> Self {
        self.tls = Some(Arc::new(Tls::of(options)));
        self
    }

    /// Whether all that was given can be told the proxy.
    pub(super) fn check(&self, what: &str) -> Result<()> {
        #[cfg(not(feature = "__tls"))]
        if self.scheme == Scheme::Https {
            let text = format!(
                "{what}: https needs TLS, which this build lacks: enable the feature tls-ring or tls-aws-lc"
            );
            return Err(Error::new(ErrorKind::Unsupported, text));
        }
        if let Some(credentials) = &self.credentials {
            let told = credentials.check(self.scheme);
            told.map_err(|wrong| refused(what, wrong))?;
        }
        if !self.scheme.is_http() && !self.fields.is_empty() {
            return Err(refused(what, "SOCKS5 has no header fields: leave them out"));
        }
        if let Some(tls) = &self.tls {
            if self.scheme != Scheme::Https {
                return Err(refused(
                    what,
                    "its TLS options need https://: leave them out",
                ));
            }
            tls.check()?;
        }
        let mut header = Header::new();
        for (name, value) in &self.fields {
            check_field(&header, name, value)?;
            header.append(name, value);
        }
        if self.credentials.is_some() && header.get("proxy-authorization").is_some() {
            return Err(refused(
                what,
                "it is given credentials and Proxy-Authorization: leave one out",
            ));
        }
        Ok(())
    }
}

pub(super) fn refused(what: &str, wrong: &str) -> Error {
    Error::new(ErrorKind::InvalidArgument, format!("{what}: {wrong}"))
}

/// Scheme, host and port.
impl fmt::Display for Proxy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}://{}", self.scheme.name(), name::place(&self.at))
    }
}

/// Scheme, host and port, whether there are credentials, and the names of the fields.
impl fmt::Debug for Proxy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<_> = self.fields.iter().map(|(name, _)| name).collect();
        f.debug_struct("Proxy")
            .field("url", &self.to_string())
            .field("credentials", &self.credentials.is_some())
            .field("header", &names)
            .field("no_proxy", &self.except)
            .finish()
    }
}
