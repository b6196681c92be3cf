//! Trust in an added certificate that the server presents itself.

use rustls::{
    CertificateError, Error,
    client::{verify_server_cert_signed_by_trust_anchor, verify_server_name},
    crypto::CryptoProvider,
    pki_types::{CertificateDer, ServerName, UnixTime},
    server::ParsedCertificate,
};

use super::{judged::Judge, trust::Roots};
use crate::error::tls::CA_AS_END_ENTITY;

/// What the authorities of `roots` issued, and the added certificates themselves, for their names and while they are valid.
///
/// A trust anchor is an input of the validation (RFC 5280 §6.1.1), and one that is the server's own certificate leaves no
/// path to validate. webpki asks for a path, and refuses an authority as a server. rustls' own verifier wants an authority,
/// and there may be none.
#[derive(Debug)]
pub(super) struct Presented(pub(super) Roots);

impl Presented {
    /// Whether an authority vouches for the certificate now.
    fn issued(
        &self,
        certificate: &ParsedCertificate<'_>,
        intermediates: &[CertificateDer<'_>],
        now: UnixTime,
        provider: &CryptoProvider,
    ) -> Result<(), Error> {
        let algorithms = provider.signature_verification_algorithms.all;
        let store = &self.0.store;
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

impl Judge for Presented {
    fn judge(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        server_name: &ServerName<'_>,
        now: UnixTime,
        provider: &CryptoProvider,
    ) -> Result<(), Error> {
        let certificate = ParsedCertificate::try_from(end_entity)?;
        let added = || self.0.certificates.contains(end_entity);
        match self.issued(&certificate, intermediates, now, provider) {
            Err(error) if !has_no_path(&error) || !added() => return Err(error),
            _ => {}
        }
        verify_server_name(&certificate, server_name)
    }
}
