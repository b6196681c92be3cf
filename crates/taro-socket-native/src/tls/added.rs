//! Trust in an added certificate that the server presents itself.

use std::sync::Arc;

use rustls::{
    CertificateError, DigitallySignedStruct, Error, SignatureScheme,
    client::{
        danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier},
        verify_server_cert_signed_by_trust_anchor, verify_server_name,
    },
    crypto::{CryptoProvider, verify_tls12_signature, verify_tls13_signature},
    pki_types::{CertificateDer, ServerName, UnixTime},
    server::ParsedCertificate,
};

use super::trust::Roots;
use crate::error::tls::CA_AS_END_ENTITY;

/// What the authorities of `roots` issued, and the added certificates themselves, for their names and while they are valid.
///
/// A trust anchor is an input of the validation (RFC 5280 §6.1.1), and one that is the server's own certificate leaves no
/// path to validate. webpki asks for a path, and refuses an authority as a server. rustls' own verifier wants an authority,
/// and there may be none.
#[derive(Debug)]
pub(super) struct Presented {
    roots: Roots,
    provider: Arc<CryptoProvider>,
}

impl Presented {
    pub(super) fn new(roots: Roots, provider: &Arc<CryptoProvider>) -> Self {
        let provider = Arc::clone(provider);
        Self { roots, provider }
    }

    /// Whether an authority vouches for the certificate now.
    fn issued(
        &self,
        certificate: &ParsedCertificate<'_>,
        intermediates: &[CertificateDer<'_>],
        now: UnixTime,
    ) -> Result<(), Error> {
        let algorithms = self.provider.signature_verification_algorithms.all;
        let store = &self.roots.store;
        verify_server_cert_signed_by_trust_anchor(
            certificate,
            store,
            intermediates,
            now,
            algorithms,
        )
    }
}

/// What webpki says of a certificate that is valid now and has no path: it looks at the validity first.
fn has_no_path(error: &Error) -> bool {
    match error {
        Error::InvalidCertificate(CertificateError::UnknownIssuer) => true,
        Error::InvalidCertificate(CertificateError::Other(reason)) => {
            reason.to_string() == CA_AS_END_ENTITY
        }
        _ => false,
    }
}

impl ServerCertVerifier for Presented {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        server_name: &ServerName<'_>,
        _ocsp_response: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        let certificate = ParsedCertificate::try_from(end_entity)?;
        let added = || self.roots.certificates.contains(end_entity);
        match self.issued(&certificate, intermediates, now) {
            Err(error) if !has_no_path(&error) || !added() => return Err(error),
            _ => {}
        }
        verify_server_name(&certificate, server_name)?;
        Ok(ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        let algorithms = &self.provider.signature_verification_algorithms;
        verify_tls12_signature(message, cert, dss, algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        let algorithms = &self.provider.signature_verification_algorithms;
        verify_tls13_signature(message, cert, dss, algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        let algorithms = &self.provider.signature_verification_algorithms;
        algorithms.supported_schemes()
    }
}
