//! TLS options, judged: all that can be said of them without the system's store.

use std::sync::Arc;

use rustls::{
    RootCertStore,
    client::ResolvesClientCert,
    crypto::CryptoProvider,
    pki_types::{CertificateDer, PrivateKeyDer},
    sign::{CertifiedKey, SingleCertAndKey},
};
use taro_socket_api::{Error, ErrorKind, Result};

use super::{
    options::{Base, Identity, TlsOptions},
    trust,
};

/// Options that are in order.
pub(super) struct Prepared {
    pub(super) provider: Arc<CryptoProvider>,
    pub(super) added: RootCertStore,
    pub(super) base: Base,
    pub(super) identity: Option<Arc<dyn ResolvesClientCert>>,
}

/// Reads what the options hold. Does not block.
pub(super) fn prepare(options: &TlsOptions) -> Result<Prepared> {
    let provider = provider();
    let added = added(&options.roots)?;
    let base = trust::base(options.base, &added)?;
    let identity = match &options.identity {
        None => None,
        Some(identity) => Some(resolver(identity, &provider)?),
    };
    Ok(Prepared {
        provider: Arc::new(provider),
        added,
        base,
        identity,
    })
}

/// The added roots.
fn added(roots: &[Vec<u8>]) -> Result<RootCertStore> {
    let mut store = RootCertStore::empty();
    for (at, root) in roots.iter().enumerate() {
        let added = store.add(CertificateDer::from(root.as_slice()));
        added.map_err(|source| not_der(at, root, source))?;
    }
    Ok(store)
}

fn not_der(at: usize, root: &[u8], source: rustls::Error) -> Error {
    let remedy = if root.trim_ascii_start().starts_with(b"-----BEGIN") {
        "it is PEM: convert it, for example by `openssl x509 -outform der`"
    } else {
        "give the certificate itself, in DER"
    };
    let text = format!("added root certificate {} cannot be read: {remedy}", at + 1);
    Error::new(ErrorKind::InvalidArgument, text).with_source(source)
}

fn resolver(identity: &Identity, provider: &CryptoProvider) -> Result<Arc<dyn ResolvesClientCert>> {
    let (chain, key) = parse(identity)?;
    let key = CertifiedKey::from_der(chain, key, provider).map_err(|source| {
        let text = format!(
            "the client certificate and its key do not fit ({source}): give the certificate first, its issuers behind it, and its own key"
        );
        Error::new(ErrorKind::InvalidArgument, text).with_source(source)
    })?;
    Ok(Arc::new(SingleCertAndKey::from(key)))
}

fn parse(identity: &Identity) -> Result<(Vec<CertificateDer<'static>>, PrivateKeyDer<'static>)> {
    let chain = identity.chain.iter().cloned().map(CertificateDer::from);
    let key = PrivateKeyDer::try_from(identity.key.clone()).map_err(|reason| {
        let text = format!(
            "the client certificate's key is not DER ({reason}): give PKCS #8, PKCS #1 or SEC 1, not PEM"
        );
        Error::new(ErrorKind::InvalidArgument, text)
    })?;
    Ok((chain.collect(), key))
}

/// AWS-LC where both are on: ring is a default feature, which any crate of the graph may turn on by accident.
#[cfg(feature = "tls-aws-lc")]
fn provider() -> CryptoProvider {
    rustls::crypto::aws_lc_rs::default_provider()
}

#[cfg(all(feature = "tls-ring", not(feature = "tls-aws-lc")))]
fn provider() -> CryptoProvider {
    rustls::crypto::ring::default_provider()
}
