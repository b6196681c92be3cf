//! The rustls configuration, with an explicit provider.

use std::sync::Arc;

use rustls::{
    ClientConfig,
    client::danger::ServerCertVerifier,
    crypto::CryptoProvider,
    pki_types::{CertificateDer, PrivateKeyDer},
};
use taro_socket_api::{Error, ErrorKind, Result};

use super::{TlsOptions, failed};

/// Builds the configuration. Nothing process-wide is read or set.
pub(super) fn build(options: &TlsOptions) -> Result<Arc<ClientConfig>> {
    let provider = Arc::new(provider());
    let verifier = verifier(options, &provider)?;
    let builder = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|error| failed("versions", error))?
        .dangerous()
        .with_custom_certificate_verifier(verifier);
    let config = match &options.identity {
        None => builder.with_no_client_auth(),
        Some(identity) => {
            let chain = identity
                .chain
                .iter()
                .cloned()
                .map(CertificateDer::from)
                .collect();
            let key = PrivateKeyDer::try_from(identity.key.clone()).map_err(|reason| {
                Error::new(ErrorKind::InvalidArgument, format!("client key: {reason}"))
            })?;
            builder
                .with_client_auth_cert(chain, key)
                .map_err(|error| failed("client certificate", error))?
        }
    };
    Ok(Arc::new(config))
}

#[cfg(feature = "tls-ring")]
fn provider() -> CryptoProvider {
    rustls::crypto::ring::default_provider()
}

#[cfg(all(feature = "tls-aws-lc", not(feature = "tls-ring")))]
fn provider() -> CryptoProvider {
    rustls::crypto::aws_lc_rs::default_provider()
}

fn verifier(
    options: &TlsOptions,
    provider: &Arc<CryptoProvider>,
) -> Result<Arc<dyn ServerCertVerifier>> {
    #[cfg(feature = "tls-platform-verifier")]
    if !options.webpki_roots {
        return platform(options, provider);
    }
    stored(options, provider)
}

#[cfg(feature = "tls-platform-verifier")]
fn platform(
    options: &TlsOptions,
    provider: &Arc<CryptoProvider>,
) -> Result<Arc<dyn ServerCertVerifier>> {
    use rustls_platform_verifier::Verifier;

    let roots = options.roots.iter().cloned().map(CertificateDer::from);
    let verifier = Verifier::new_with_extra_roots(roots, Arc::clone(provider));
    Ok(Arc::new(verifier.map_err(|error| {
        failed(
            "trust store (an added root certificate must be DER, not PEM)",
            error,
        )
    })?))
}

/// Checks against Mozilla's roots, where they are compiled in, and the added ones.
fn stored(
    options: &TlsOptions,
    provider: &Arc<CryptoProvider>,
) -> Result<Arc<dyn ServerCertVerifier>> {
    use rustls::{RootCertStore, client::WebPkiServerVerifier};

    let mut store = RootCertStore::empty();
    #[cfg(feature = "tls-webpki-roots")]
    store.extend(webpki_roots::TLS_SERVER_ROOTS.iter().cloned());
    for root in options.roots.iter().cloned().map(CertificateDer::from) {
        store
            .add(root)
            .map_err(|error| failed("root certificate (it must be DER, not PEM)", error))?;
    }
    if store.is_empty() {
        let text = "no trusted roots: enable tls-platform-verifier or tls-webpki-roots, or add a root certificate";
        return Err(Error::new(ErrorKind::Tls, text));
    }
    let verifier =
        WebPkiServerVerifier::builder_with_provider(Arc::new(store), Arc::clone(provider)).build();
    let verifier: Arc<dyn ServerCertVerifier> = verifier.map_err(|error| failed("roots", error))?;
    Ok(verifier)
}
