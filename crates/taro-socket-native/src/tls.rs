//! TLS options, and the configuration made of them.

use std::sync::{Arc, OnceLock};

use rustls::{ClientConnection, pki_types::ServerName};
use taro_socket_api::{Error, ErrorKind, Result, UrlHost};
use tokio::net::TcpStream;

use crate::transport::{TlsStream, Transport};

mod config;

/// Whom to trust, and whom to be, over `wss://`.
///
/// By default certificates are checked as the operating system does (feature
/// `tls-platform-verifier`), or against Mozilla's roots (feature `tls-webpki-roots`).
#[derive(Clone, Default)]
pub struct TlsOptions {
    roots: Vec<Vec<u8>>,
    identity: Option<Identity>,
    webpki_roots: bool,
}

#[derive(Clone)]
struct Identity {
    chain: Vec<Vec<u8>>,
    key: Vec<u8>,
}

impl TlsOptions {
    /// The defaults.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Also trusts certificates issued by this authority, in DER.
    #[must_use]
    pub fn add_root_certificate_der(mut self, certificate: impl Into<Vec<u8>>) -> Self {
        self.roots.push(certificate.into());
        self
    }

    /// Trusts Mozilla's roots instead of the operating system's store. Needs the feature `tls-webpki-roots`.
    #[must_use]
    pub fn webpki_roots(mut self) -> Self {
        self.webpki_roots = true;
        self
    }

    /// Presents a client certificate: its chain, leaf first, and its private key (PKCS #8, PKCS #1 or SEC 1), all in DER.
    #[must_use]
    pub fn client_certificate_der(mut self, chain: Vec<Vec<u8>>, key: impl Into<Vec<u8>>) -> Self {
        let key = key.into();
        self.identity = Some(Identity { chain, key });
        self
    }
}

impl std::fmt::Debug for TlsOptions {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("TlsOptions")
            .field("added_roots", &self.roots.len())
            .field("client_certificate", &self.identity.is_some())
            .field("webpki_roots", &self.webpki_roots)
            .finish()
    }
}

/// The configuration, made at the first `wss://` connection.
#[derive(Default)]
pub(crate) struct Tls {
    options: TlsOptions,
    config: OnceLock<Result<Arc<rustls::ClientConfig>>>,
}

impl Tls {
    pub(crate) fn new(options: TlsOptions) -> Self {
        Self {
            options,
            config: OnceLock::new(),
        }
    }

    /// Performs the TLS handshake with `host`.
    pub(crate) async fn connect(&self, tcp: TcpStream, host: &UrlHost<'_>) -> Result<Transport> {
        let config = self
            .config
            .get_or_init(|| config::build(&self.options))
            .clone()?;
        let name = match host {
            UrlHost::Domain(name) => ServerName::try_from(*name)
                .map_err(|error| failed("server name", error))?
                .to_owned(),
            UrlHost::Ipv4(ip) => ServerName::from(std::net::IpAddr::from(*ip)),
            UrlHost::Ipv6(ip) => ServerName::from(std::net::IpAddr::from(*ip)),
        };
        let session =
            ClientConnection::new(config, name).map_err(|error| failed("session", error))?;
        let stream = TlsStream::connect(session, tcp).await;
        let stream = stream.map_err(|error| failed("handshake", error))?;
        Ok(Transport::Tls(Box::new(stream)))
    }
}

/// A TLS failure while `what` was made.
fn failed(what: &str, source: impl std::error::Error + Send + Sync + 'static) -> Error {
    Error::new(ErrorKind::Tls, format!("TLS {what}: {source}")).with_source(source)
}
