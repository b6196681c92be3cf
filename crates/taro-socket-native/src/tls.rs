//! TLS to one server, by a configuration that is made once.

use std::{
    io,
    sync::{Arc, OnceLock},
};

use rustls::{ClientConfig, ClientConnection, pki_types::ServerName};
use taro_socket_api::{Error, ErrorKind, Result, UrlHost};
use tokio::{sync::OnceCell, task::spawn_blocking};

use crate::{
    ByteStream, error,
    peer::TlsPeer,
    transport::{Beginning, TlsStream, Transport},
};

mod added;
#[cfg(feature = "tls-platform-verifier")]
mod android;
mod anonymous;
mod anyone;
mod authority;
mod config;
mod contradictions;
mod der;
mod encoding;
mod fingerprint;
mod judged;
mod options;
mod pem;
mod pinned;
#[cfg(feature = "tls-platform-verifier")]
mod platform;
mod prepared;
#[cfg(feature = "tls-platform-verifier")]
mod readiness;
mod trust;

#[cfg(feature = "tls-platform-verifier")]
pub use android::init_android;
pub use options::{TlsOptions, TlsVersion};
use prepared::Prepared;

/// What the options say, judged at the first `wss://` connection and then made a configuration.
#[derive(Default)]
pub(crate) struct Tls {
    options: TlsOptions,
    /// The options do not change, so neither does the judgement.
    prepared: OnceLock<Result<Arc<Prepared>>>,
    /// A failure is not kept: what was missing may be there at the next connection.
    config: OnceCell<Arc<ClientConfig>>,
}

impl Tls {
    /// Set-up by options that are still to be judged.
    pub(crate) fn of(options: TlsOptions) -> Self {
        Self {
            options,
            ..Self::default()
        }
    }

    /// Set-up by options that are in order.
    pub(crate) fn checked(options: TlsOptions) -> Result<Self> {
        let tls = Self::of(options);
        tls.check().map(|()| tls)
    }

    /// Whether the options are in order, found out without the system's store.
    pub(crate) fn check(&self) -> Result<()> {
        self.prepared().map(drop)
    }

    fn prepared(&self) -> Result<&Arc<Prepared>> {
        let prepare = || prepared::prepare(&self.options).map(Arc::new);
        self.prepared
            .get_or_init(prepare)
            .as_ref()
            .map_err(Clone::clone)
    }

    /// Performs the TLS handshake.
    pub(crate) async fn connect(
        &self,
        stream: ByteStream,
        peer: &TlsPeer<'_>,
    ) -> Result<Transport> {
        let config = self.config.get_or_try_init(|| self.build()).await?;
        let config = match peer.anonymously {
            true => anonymous::of(config),
            false => Arc::clone(config),
        };
        let what = format!("TLS to {}", peer.place);
        let name = match &self.prepared()?.server_name {
            Some(name) if peer.named_by_options => name.clone(),
            _ => name(&peer.host, &what)?,
        };
        let session = ClientConnection::new(config, name)
            .map_err(|source| error::tls::told(&what, source))?;
        match TlsStream::connect(session, stream).await {
            Ok(stream) => Ok(Transport::Tls(Box::new(stream))),
            Err(failure) => Err(told(peer, failure)),
        }
    }

    /// On a thread that may block: the operating system's store is read from files.
    async fn build(&self) -> Result<Arc<ClientConfig>> {
        let prepared = Arc::clone(self.prepared()?);
        let built = spawn_blocking(move || config::build(&prepared)).await;
        built.unwrap_or_else(|lost| {
            let text = format!("TLS was not set up: {lost}");
            Err(Error::new(ErrorKind::Aborted, text).with_source(lost))
        })
    }
}

fn name(host: &UrlHost<'_>, what: &str) -> Result<ServerName<'static>> {
    Ok(match host {
        UrlHost::Domain(name) => ServerName::try_from(*name)
            .map_err(|source| {
                let text = format!(
                    "{what}: no certificate can be for this name: {source}: check the host"
                );
                Error::new(ErrorKind::Tls, text).with_source(source)
            })?
            .to_owned(),
        UrlHost::Ipv4(ip) => ServerName::from(std::net::IpAddr::from(*ip)),
        UrlHost::Ipv6(ip) => ServerName::from(std::net::IpAddr::from(*ip)),
    })
}

fn told(peer: &TlsPeer<'_>, failure: io::Error) -> Error {
    match failure
        .get_ref()
        .and_then(|inner| inner.downcast_ref::<Beginning>())
    {
        Some(Beginning(bytes)) => error::tls::not_tls(peer.place, peer.answerer.schemes(), bytes),
        None => error::tls::handshake(peer.place, failure),
    }
}
