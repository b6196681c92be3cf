//! Certificates that are trusted by themselves.

use rustls::{crypto::CryptoProvider, pki_types::CertificateDer};
use taro_socket_api::{Error, ErrorKind, Result};

use crate::tls::{encoding, fingerprint::Fingerprint, options::Only};

/// The fingerprints of what each call gave.
pub(super) fn read(given: &[Only], provider: &CryptoProvider) -> Result<Vec<Fingerprint>> {
    let mut fingerprints = Vec::new();
    for one in given {
        match one {
            Only::Sha256(text) => fingerprints.push(Fingerprint::parse(text)?),
            Only::Certificate(bytes) => {
                let certificates = encoding::certificates(bytes).map_err(|fault| {
                    let text = format!("TlsOptions::only_certificate: it {fault}");
                    Error::new(ErrorKind::InvalidArgument, text)
                })?;
                fingerprints.push(fingerprint_of(&certificates, provider)?);
            }
        }
    }
    Ok(fingerprints)
}

/// Of one certificate: in a chain the others would be trusted by accident.
fn fingerprint_of(
    certificates: &[CertificateDer<'_>],
    provider: &CryptoProvider,
) -> Result<Fingerprint> {
    let [certificate] = certificates else {
        let text = format!(
            "TlsOptions::only_certificate: it holds {} certificates: give the server's own alone",
            certificates.len()
        );
        return Err(Error::new(ErrorKind::InvalidArgument, text));
    };
    Fingerprint::of(certificate, provider).ok_or_else(|| {
        let text =
            "TlsOptions::only_certificate needs SHA-256, which the cryptography provider lacks";
        Error::new(ErrorKind::Unsupported, text)
    })
}
