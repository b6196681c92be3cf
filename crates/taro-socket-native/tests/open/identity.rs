//! What a TLS server presents, and how it behaves.

use std::sync::Arc;

use rcgen::{Certificate, KeyPair};
use tokio_rustls::{
    TlsAcceptor,
    rustls::{
        ALL_VERSIONS, RootCertStore, ServerConfig, SupportedProtocolVersion,
        crypto::ring::{default_provider, sign::any_supported_type},
        pki_types::{CertificateDer, PrivateKeyDer},
        server::WebPkiClientVerifier,
        sign::{CertifiedKey, SingleCertAndKey},
    },
};

use super::Authority;

/// A certificate, its key, and how its server behaves.
#[derive(Clone)]
pub(crate) struct Identity {
    pub(crate) certificate: Vec<u8>,
    pub(crate) pem: String,
    pub(crate) key: Vec<u8>,
    /// Whose clients are asked for.
    clients: Option<Vec<u8>>,
    versions: Vec<&'static SupportedProtocolVersion>,
    protocols: Vec<Vec<u8>>,
}

impl Identity {
    pub(super) fn new(certificate: &Certificate, key: Vec<u8>) -> Self {
        Self {
            certificate: certificate.der().to_vec(),
            pem: certificate.pem(),
            key,
            clients: None,
            versions: ALL_VERSIONS.to_vec(),
            protocols: Vec::new(),
        }
    }

    /// SHA-256 of the certificate, as OpenSSL prints it.
    pub(crate) fn fingerprint(&self) -> String {
        let suites = default_provider().cipher_suites;
        let mut hashes = suites.iter().filter_map(|suite| suite.tls13());
        let sha256 = hashes.find(|suite| suite.common.hash_provider.output_len() == 32);
        let sha256 = sha256.expect("SHA-256").common.hash_provider;
        let bytes = sha256.hash(&self.certificate);
        let pairs: Vec<_> = bytes
            .as_ref()
            .iter()
            .map(|byte| format!("{byte:02X}"))
            .collect();
        pairs.join(":")
    }

    /// The same certificate, presented by somebody who does not have its key.
    pub(crate) fn stolen(self) -> Self {
        Self {
            key: KeyPair::generate().expect("a key").serialize_der(),
            ..self
        }
    }

    pub(crate) fn speaking_only(self, versions: &[&'static SupportedProtocolVersion]) -> Self {
        let versions = versions.to_vec();
        Self { versions, ..self }
    }

    /// ALPN (RFC 7301).
    pub(crate) fn with_protocols(self, protocols: &[&str]) -> Self {
        let protocols = protocols
            .iter()
            .map(|name| name.as_bytes().to_vec())
            .collect();
        Self { protocols, ..self }
    }

    pub(crate) fn asking_for_clients_of(self, authority: &Authority) -> Self {
        Self {
            clients: Some(authority.der()),
            ..self
        }
    }

    pub(crate) fn acceptor(&self) -> TlsAcceptor {
        TlsAcceptor::from(Arc::new(self.config()))
    }

    fn config(&self) -> ServerConfig {
        let provider = Arc::new(default_provider());
        let builder = ServerConfig::builder_with_provider(Arc::clone(&provider))
            .with_protocol_versions(&self.versions)
            .expect("versions");
        let builder = match &self.clients {
            None => builder.with_no_client_auth(),
            Some(clients) => {
                let mut roots = RootCertStore::empty();
                roots
                    .add(CertificateDer::from(clients.clone()))
                    .expect("a root");
                let roots = Arc::new(roots);
                let verifier = WebPkiClientVerifier::builder_with_provider(roots, provider);
                builder.with_client_cert_verifier(verifier.build().expect("a verifier"))
            }
        };
        let key = PrivateKeyDer::try_from(self.key.clone()).expect("a key");
        let key = any_supported_type(&key).expect("a key that signs");
        let chain = vec![CertificateDer::from(self.certificate.clone())];
        // Whether the two fit is not asked.
        let presented = SingleCertAndKey::from(CertifiedKey::new(chain, key));
        let mut config = builder.with_cert_resolver(Arc::new(presented));
        config.alpn_protocols.clone_from(&self.protocols);
        config
    }
}
