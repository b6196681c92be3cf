//! Trust in the operating system's authorities, and in those that the program adds.

use std::sync::Arc;

use rustls::{
    CertificateError, DigitallySignedStruct, Error as TlsError, SignatureScheme,
    client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier},
    crypto::CryptoProvider,
    pki_types::{CertificateDer, IpAddr, Ipv4Addr, ServerName, UnixTime},
};
use taro_socket_api::{Error, ErrorKind, Result, RetryAdvice};

type Verifier = Arc<dyn ServerCertVerifier>;

/// The operating system's verifier.
pub(super) fn system(provider: &Arc<CryptoProvider>) -> Result<Verifier> {
    let verifier = rustls_platform_verifier::Verifier::new(Arc::clone(provider));
    let verifier: Verifier = Arc::new(verifier.map_err(|source| {
        let text = format!(
            "the operating system's store of trusted certificates is empty or cannot be read ({source}): install it \
             (package ca-certificates), name it by SSL_CERT_FILE or SSL_CERT_DIR, add a root by \
             TlsOptions::add_root_certificate_der, or use the feature tls-webpki-roots; it is looked at again at the \
             next connection"
        );
        // What is missing may be there later.
        Error::new(ErrorKind::Tls, text)
            .with_source(source)
            .with_retry(RetryAdvice::Later)
    })?);
    // Asked at run time: conditions on the target stand elsewhere.
    if std::env::consts::OS == "android" && !is_initialised(&verifier) {
        let text = "Android's certificate verifier was not initialised: call one of the functions of \
                    rustls_platform_verifier::android first, or use the feature tls-webpki-roots";
        return Err(Error::new(ErrorKind::HostUnavailable, text));
    }
    Ok(verifier)
}

/// Android's verifier panics unless the app has introduced its virtual machine; there is no other way to ask.
fn is_initialised(verifier: &Verifier) -> bool {
    let nobody = CertificateDer::from(Vec::new());
    let name = ServerName::IpAddress(IpAddr::V4(Ipv4Addr::from([127, 0, 0, 1])));
    !crate::probe::panics(|| {
        drop(verifier.verify_server_cert(&nobody, &[], &name, &[], UnixTime::now()));
    })
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
