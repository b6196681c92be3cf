//! TLS without saying who the client is.

use std::sync::Arc;

use rustls::{
    ClientConfig, SignatureScheme,
    client::{ResolvesClientCert, Resumption},
    sign::CertifiedKey,
};

/// The same configuration without a client certificate; sessions in which it was shown are not taken up again.
pub(super) fn of(config: &Arc<ClientConfig>) -> Arc<ClientConfig> {
    if !config.client_auth_cert_resolver.has_certs() {
        return Arc::clone(config);
    }
    let mut config = ClientConfig::clone(config);
    config.client_auth_cert_resolver = Arc::new(NoCertificate);
    config.resumption = Resumption::disabled();
    Arc::new(config)
}

#[derive(Debug)]
struct NoCertificate;

impl ResolvesClientCert for NoCertificate {
    fn resolve(&self, _: &[&[u8]], _: &[SignatureScheme]) -> Option<Arc<CertifiedKey>> {
        None
    }

    fn has_certs(&self) -> bool {
        false
    }
}
