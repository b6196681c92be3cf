//! Trust in an added certificate that the server presents itself.

use std::sync::Arc;

use rustls::{
    CertificateError, DigitallySignedStruct, Error, SignatureScheme,
    client::{
        danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier},
        verify_server_name,
    },
    pki_types::{CertificateDer, ServerName, UnixTime},
    server::ParsedCertificate,
};

use crate::error::tls::CA_AS_END_ENTITY;

/// What `issued` accepts, and the added certificates themselves, for their names and while they are valid.
///
/// A trust anchor is an input of the validation (RFC 5280 §6.1.1), and one that is the server's own certificate leaves no
/// path to validate. webpki asks for a path, and refuses an authority as a server.
#[derive(Debug)]
pub(super) struct Presented {
    issued: Arc<dyn ServerCertVerifier>,
    added: Vec<CertificateDer<'static>>,
}

impl Presented {
    pub(super) fn new(
        issued: Arc<dyn ServerCertVerifier>,
        added: Vec<CertificateDer<'static>>,
    ) -> Self {
        Self { issued, added }
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
        ocsp_response: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        let issued = &self.issued;
        match issued.verify_server_cert(end_entity, intermediates, server_name, ocsp_response, now)
        {
            Err(error) if has_no_path(&error) && self.added.contains(end_entity) => {
                verify_server_name(&ParsedCertificate::try_from(end_entity)?, server_name)?;
                Ok(ServerCertVerified::assertion())
            }
            outcome => outcome,
        }
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.issued.verify_tls12_signature(message, cert, dss)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.issued.verify_tls13_signature(message, cert, dss)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.issued.supported_verify_schemes()
    }
}
