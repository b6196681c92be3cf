//! Trust in the operating system's authorities, and in those that the program adds.

use std::sync::Arc;

use rustls::{
    CertificateError, DigitallySignedStruct, Error as TlsError, SignatureScheme,
    client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier},
    crypto::CryptoProvider,
    pki_types::{CertificateDer, ServerName, UnixTime},
};
use taro_socket_api::{Error, ErrorKind, Result, RetryAdvice};

use super::{android, readiness, trust::Verifier};

/// The operating system's verifier. May block.
pub(super) fn system(provider: &Arc<CryptoProvider>) -> Result<Verifier> {
    let verifier = rustls_platform_verifier::Verifier::new(Arc::clone(provider));
    let verifier: Verifier = Arc::new(verifier.map_err(|source| {
        let text = format!(
            "the operating system's store of trusted certificates is empty or cannot be read ({source}): install it \
             (package ca-certificates), name it by SSL_CERT_FILE or SSL_CERT_DIR, add a root by \
             TlsOptions::add_root_certificate, or use the feature tls-webpki-roots; it is looked at again at the \
             next connection"
        );
        // What is missing may be there later.
        Error::new(ErrorKind::Tls, text)
            .with_source(source)
            .with_retry(RetryAdvice::Later)
    })?);
    // Asked at run time: conditions on the target stand elsewhere.
    if std::env::consts::OS == "android" {
        readiness::check(&*verifier, android::introduced())?;
    }
    Ok(verifier)
}

/// Accepts what one of the two accepts. Not `new_with_extra_roots`: Android's verifier has no such function.
#[derive(Debug)]
pub(super) struct Either {
    pub(super) system: Arc<dyn ServerCertVerifier>,
    pub(super) added: Arc<dyn ServerCertVerifier>,
}

impl ServerCertVerifier for Either {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        server_name: &ServerName<'_>,
        ocsp_response: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, TlsError> {
        let ask = |verifier: &dyn ServerCertVerifier| {
            verifier.verify_server_cert(end_entity, intermediates, server_name, ocsp_response, now)
        };
        // The added ones first: they cost no call to the system.
        match ask(&*self.added) {
            // Not issued by an added one: the system's word counts.
            Err(TlsError::InvalidCertificate(CertificateError::UnknownIssuer)) => {
                ask(&*self.system)
            }
            Err(error) => ask(&*self.system).map_err(|_| error),
            accepted => accepted,
        }
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, TlsError> {
        self.added.verify_tls12_signature(message, cert, dss)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, TlsError> {
        self.added.verify_tls13_signature(message, cert, dss)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.added.supported_verify_schemes()
    }
}
