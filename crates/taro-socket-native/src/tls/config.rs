//! The rustls configuration, with an explicit provider.

use std::sync::Arc;

use rustls::ClientConfig;
use taro_socket_api::{Error, ErrorKind, Result};

use super::{prepared::Prepared, trust};

/// Builds the configuration. Nothing process-wide is read or set. May block.
pub(super) fn build(prepared: &Prepared) -> Result<Arc<ClientConfig>> {
    let verifier = trust::verifier(prepared)?;
    let builder = ClientConfig::builder_with_provider(Arc::clone(&prepared.provider))
        .with_safe_default_protocol_versions()
        .map_err(|source| {
            let text = format!("TLS set-up: no version of TLS: {source}");
            Error::new(ErrorKind::Unsupported, text).with_source(source)
        })?
        .dangerous()
        .with_custom_certificate_verifier(verifier);
    let config = match &prepared.identity {
        None => builder.with_no_client_auth(),
        Some(identity) => builder.with_client_cert_resolver(Arc::clone(identity)),
    };
    Ok(Arc::new(config))
}
