//! Certificates made at start, and the TLS settings that use them.

use std::io;
use std::sync::Arc;

use rcgen::{
    BasicConstraints, CertificateParams, CertifiedIssuer, DnType, ExtendedKeyUsagePurpose, IsCa,
    KeyPair, KeyUsagePurpose,
};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::crypto::{CryptoProvider, ring};
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivatePkcs8KeyDer};
use tokio_rustls::rustls::server::WebPkiClientVerifier;
use tokio_rustls::rustls::{RootCertStore, ServerConfig};

type Authority = CertifiedIssuer<'static, KeyPair>;

/// A certificate and its private key, which the server's own authority has signed.
#[derive(Clone)]
pub struct Identity {
    /// The certificate as DER.
    pub certificate_der: Vec<u8>,
    /// The certificate as PEM.
    pub certificate_pem: String,
    /// The private key as DER (PKCS #8).
    pub key_der: Vec<u8>,
    /// The private key as PEM (PKCS #8).
    pub key_pem: String,
}

/// Leaves the private key out.
impl std::fmt::Debug for Identity {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Identity").finish_non_exhaustive()
    }
}

/// What the TLS ports of one server need, and what its clients need to trust them.
pub(crate) struct Tls {
    /// Asks for no client certificate.
    pub(crate) open: TlsAcceptor,
    /// Refuses clients without a certificate of the server's authority.
    pub(crate) mutual: TlsAcceptor,
    pub(crate) ca_der: Vec<u8>,
    pub(crate) ca_pem: String,
    pub(crate) client: Identity,
}

impl Tls {
    /// Makes an authority, a server certificate for loopback and `names`, and a client certificate.
    pub(crate) fn new(mut names: Vec<String>) -> io::Result<Self> {
        let authority = authority().map_err(io::Error::other)?;
        names.extend(["localhost", "127.0.0.1", "::1"].map(str::to_owned));
        let server = identity(&authority, &names, ExtendedKeyUsagePurpose::ServerAuth);
        let client = identity(&authority, &[], ExtendedKeyUsagePurpose::ClientAuth);
        let server = server.map_err(io::Error::other)?;
        let acceptor = |mutual| acceptor(&authority, &server, mutual).map_err(io::Error::other);
        Ok(Self {
            open: acceptor(false)?,
            mutual: acceptor(true)?,
            ca_der: authority.der().to_vec(),
            ca_pem: authority.pem(),
            client: client.map_err(io::Error::other)?,
        })
    }
}

fn authority() -> Result<Authority, rcgen::Error> {
    let mut params = CertificateParams::default();
    params.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
    params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    let name = &mut params.distinguished_name;
    name.push(DnType::CommonName, "taro-socket test authority");
    CertifiedIssuer::self_signed(params, KeyPair::generate()?)
}

fn identity(
    authority: &Authority,
    names: &[String],
    usage: ExtendedKeyUsagePurpose,
) -> Result<Identity, rcgen::Error> {
    let mut params = CertificateParams::new(names)?;
    params.use_authority_key_identifier_extension = true;
    params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
    params.extended_key_usages = vec![usage];
    let name = &mut params.distinguished_name;
    name.push(DnType::CommonName, "taro-socket test");
    let key = KeyPair::generate()?;
    let certificate = params.signed_by(&key, authority)?;
    Ok(Identity {
        certificate_der: certificate.der().to_vec(),
        certificate_pem: certificate.pem(),
        key_der: key.serialize_der(),
        key_pem: key.serialize_pem(),
    })
}

fn acceptor(
    authority: &Authority,
    server: &Identity,
    mutual: bool,
) -> Result<TlsAcceptor, Box<dyn std::error::Error + Send + Sync>> {
    // Passed explicitly: a process-wide default would be shared with the client under test.
    let provider: Arc<CryptoProvider> = Arc::new(ring::default_provider());
    let builder = ServerConfig::builder_with_provider(provider.clone());
    let builder = builder.with_safe_default_protocol_versions()?;
    let builder = if mutual {
        let mut roots = RootCertStore::empty();
        roots.add(authority.der().clone())?;
        let verifier = WebPkiClientVerifier::builder_with_provider(Arc::new(roots), provider);
        builder.with_client_cert_verifier(verifier.build()?)
    } else {
        builder.with_no_client_auth()
    };
    let chain = vec![CertificateDer::from(server.certificate_der.clone())];
    let key = PrivatePkcs8KeyDer::from(server.key_der.clone());
    let config = builder.with_single_cert(chain, key.into())?;
    Ok(TlsAcceptor::from(Arc::new(config)))
}
