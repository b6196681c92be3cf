//! The rustls configuration, with an explicit provider.

use std::sync::Arc;

use rustls::{
    ClientConfig,
    crypto::CryptoProvider,
    pki_types::{CertificateDer, PrivateKeyDer},
};
use taro_socket_api::{Error, ErrorKind, Result};

use super::{
    options::{Identity, TlsOptions},
    trust,
};

/// Builds the configuration. Nothing process-wide is read or set. May block.
pub(super) fn build(options: &TlsOptions) -> Result<Arc<ClientConfig>> {
    let provider = Arc::new(provider());
    let verifier = trust::verifier(options, &provider)?;
    let builder = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|source| {
            let text = format!("TLS set-up: no version of TLS: {source}");
            Error::new(ErrorKind::Unsupported, text).with_source(source)
        })?
        .dangerous()
        .with_custom_certificate_verifier(verifier);
    let config = match &options.identity {
        None => builder.with_no_client_auth(),
        Some(identity) => {
            let (chain, key) = parse(identity)?;
            builder.with_client_auth_cert(chain, key).map_err(|source| {
                let text = format!(
                    "the client certificate and its key do not fit ({source}): give the certificate first, its issuers behind it, and its own key"
                );
                Error::new(ErrorKind::InvalidArgument, text).with_source(source)
            })?
        }
    };
    Ok(Arc::new(config))
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
