//! TLS options, judged: all that can be said of them without the system's store.

use std::sync::Arc;

#[cfg(feature = "tls-rustls-config")]
use rustls::ClientConfig;
use rustls::{
    client::ResolvesClientCert,
    crypto::CryptoProvider,
    pki_types::ServerName,
    sign::{CertifiedKey, SingleCertAndKey},
};
use taro_socket_api::{Error, ErrorKind, Result};

use super::{
    contradictions, encoding,
    options::{Identity, TlsOptions, TlsVersion},
    trust::{self, Trust},
};
use crate::name;

/// Options that are in order.
pub(super) struct Prepared {
    /// Instead of the URL's host.
    pub(super) server_name: Option<ServerName<'static>>,
    pub(super) set_up: SetUp,
}

pub(super) enum SetUp {
    /// The program's own.
    #[cfg(feature = "tls-rustls-config")]
    Given(Arc<ClientConfig>),
    Ours(Ours),
}

/// What a configuration is made of.
pub(super) struct Ours {
    pub(super) provider: Arc<CryptoProvider>,
    pub(super) trust: Trust,
    pub(super) identity: Option<Arc<dyn ResolvesClientCert>>,
    pub(super) min_version: Option<TlsVersion>,
    pub(super) key_log: bool,
}

/// Reads what the options hold. Does not block.
pub(super) fn prepare(options: &TlsOptions) -> Result<Prepared> {
    contradictions::check(options)?;
    Ok(Prepared {
        server_name: options
            .server_name
            .as_deref()
            .map(server_name)
            .transpose()?,
        set_up: set_up(options)?,
    })
}

fn set_up(options: &TlsOptions) -> Result<SetUp> {
    #[cfg(feature = "tls-rustls-config")]
    if let Some(config) = &options.config {
        return given(config);
    }
    let provider = provider().ok_or_else(|| {
        let text = "wss:// needs a cryptography provider, which this build lacks: enable the feature tls-ring or \
                    tls-aws-lc, or give TlsOptions::rustls_config one";
        Error::new(ErrorKind::Unsupported, text)
    })?;
    let identity = options.identity.as_ref();
    Ok(SetUp::Ours(Ours {
        trust: trust::judged(options, &provider)?,
        identity: identity
            .map(|identity| resolver(identity, &provider))
            .transpose()?,
        min_version: options.min_version,
        key_log: options.key_log,
        provider: Arc::new(provider),
    }))
}

#[cfg(feature = "tls-rustls-config")]
fn given(config: &Arc<ClientConfig>) -> Result<SetUp> {
    if config.alpn_protocols.iter().any(|name| name == b"h2") {
        let text = "TlsOptions::rustls_config offers HTTP/2, and the opening handshake is HTTP/1.1: leave h2 out of \
                    alpn_protocols";
        return Err(Error::new(ErrorKind::InvalidArgument, text));
    }
    Ok(SetUp::Given(Arc::clone(config)))
}

fn server_name(text: &str) -> Result<ServerName<'static>> {
    let international = || ServerName::try_from(name::to_ascii(text)?).ok();
    let name = ServerName::try_from(text).ok().map(|name| name.to_owned());
    name.or_else(international).ok_or_else(|| {
        let text = "TlsOptions::server_name is neither a name nor an address: give it without scheme, port and brackets";
        Error::new(ErrorKind::InvalidArgument, text)
    })
}

fn resolver(identity: &Identity, provider: &CryptoProvider) -> Result<Arc<dyn ResolvesClientCert>> {
    let chain = encoding::certificates(&identity.chain)
        .map_err(|fault| refused(format!("the client certificate {fault}")))?;
    let key = encoding::private_key(&identity.key)
        .map_err(|fault| refused(format!("the client certificate's key {fault}")))?;
    let key = CertifiedKey::from_der(chain, key, provider).map_err(|source| {
        let text = format!(
            "the client certificate and its key do not fit ({source}): give the certificate first, its issuers behind it, and its own key"
        );
        refused(text).with_source(source)
    })?;
    Ok(Arc::new(SingleCertAndKey::from(key)))
}

fn refused(text: String) -> Error {
    Error::new(ErrorKind::InvalidArgument, text)
}

/// AWS-LC where both are on: ring is a default feature, which any crate of the graph may turn on by accident.
#[allow(clippy::unnecessary_wraps, reason = "a build may have none")]
fn provider() -> Option<CryptoProvider> {
    #[cfg(feature = "tls-aws-lc")]
    let provider = Some(rustls::crypto::aws_lc_rs::default_provider());
    #[cfg(all(feature = "tls-ring", not(feature = "tls-aws-lc")))]
    let provider = Some(rustls::crypto::ring::default_provider());
    #[cfg(not(any(feature = "tls-ring", feature = "tls-aws-lc")))]
    let provider = None;
    provider
}

#[cfg(test)]
mod tests;
