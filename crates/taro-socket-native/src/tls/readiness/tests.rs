//! Android's answers, given by stand-ins.

use rustls::{
    CertificateError, DigitallySignedStruct, SignatureScheme,
    client::danger::{HandshakeSignatureValid, ServerCertVerified},
};

use super::*;

/// Judges as told; without a verdict it panics, as one that was not introduced.
#[derive(Debug)]
struct Says(Option<TlsError>);

impl ServerCertVerifier for Says {
    fn verify_server_cert(
        &self,
        _: &CertificateDer<'_>,
        _: &[CertificateDer<'_>],
        _: &ServerName<'_>,
        _: &[u8],
        _: UnixTime,
    ) -> Result<ServerCertVerified, TlsError> {
        Err(self.0.clone().expect("initialised"))
    }

    fn verify_tls12_signature(
        &self,
        _: &[u8],
        _: &CertificateDer<'_>,
        _: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, TlsError> {
        Err(TlsError::DecryptError)
    }

    fn verify_tls13_signature(
        &self,
        _: &[u8],
        _: &CertificateDer<'_>,
        _: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, TlsError> {
        Err(TlsError::DecryptError)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        Vec::new()
    }
}

#[test]
fn a_verifier_that_judges_is_ready() {
    let verdict = TlsError::InvalidCertificate(CertificateError::BadEncoding);
    for introduced in [true, false] {
        let verifier = Says(Some(verdict.clone()));
        check(&verifier, introduced).expect("introduced here, or by the app itself");
    }
}

#[test]
fn what_is_missing_is_told_with_what_to_do() {
    let lacking = TlsError::General("failed to call native verifier: Error".to_owned());
    for (verdict, part) in [(None, "init_android"), (Some(lacking), "Gradle")] {
        let error = check(&Says(verdict), false).expect_err(part);
        assert_eq!(error.kind(), ErrorKind::HostUnavailable, "{error}");
        assert!(error.reason().contains(part), "{part}: {error}");
        assert!(error.reason().contains("webpki_roots"), "{error}");
    }
}
