//! An authority, and TLS servers with the certificates that it issues.

use std::{net::SocketAddr, sync::Arc};

use rcgen::{
    BasicConstraints, Certificate, CertificateParams, CertifiedIssuer, DnType,
    ExtendedKeyUsagePurpose, IsCa, KeyPair, date_time_ymd,
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};
use tokio_rustls::{
    TlsAcceptor,
    rustls::{
        ALL_VERSIONS, RootCertStore, ServerConfig, SupportedProtocolVersion,
        crypto::ring::{default_provider, sign::any_supported_type},
        pki_types::{CertificateDer, PrivateKeyDer},
        server::WebPkiClientVerifier,
        sign::{CertifiedKey, SingleCertAndKey},
    },
    server::TlsStream,
};

use crate::server::{listen, switching};

pub(crate) struct Authority(CertifiedIssuer<'static, KeyPair>);

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

fn key() -> KeyPair {
    KeyPair::generate().expect("a key")
}

fn params(names: &[&str]) -> CertificateParams {
    let names: Vec<String> = names.iter().map(|&name| name.to_owned()).collect();
    CertificateParams::new(names).expect("sound names")
}

impl Authority {
    pub(crate) fn new() -> Self {
        Self::of(params(&["localhost"]))
    }

    /// As `new`, no longer valid.
    pub(crate) fn of_the_past() -> Self {
        let mut params = params(&["localhost"]);
        params.not_after = date_time_ymd(2020, 1, 1);
        Self::of(params)
    }

    fn of(mut params: CertificateParams) -> Self {
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let name = format!("authority {}", rand::random::<u64>());
        params.distinguished_name.push(DnType::CommonName, name);
        Self(CertifiedIssuer::self_signed(params, key()).expect("a certificate"))
    }

    pub(crate) fn der(&self) -> Vec<u8> {
        self.0.der().to_vec()
    }

    pub(crate) fn pem(&self) -> String {
        self.0.pem()
    }

    pub(crate) fn key_der(&self) -> Vec<u8> {
        self.0.key().serialize_der()
    }

    /// The authority's own certificate as a server's, as `openssl req -x509` makes it.
    pub(crate) fn own(&self) -> Identity {
        Identity::new(self.0.as_ref(), self.key_der())
    }

    pub(crate) fn issue(&self, names: &[&str]) -> Identity {
        self.sign(params(names))
    }

    pub(crate) fn expired(&self) -> Identity {
        let mut params = params(&["localhost"]);
        params.not_after = date_time_ymd(2020, 1, 1);
        self.sign(params)
    }

    pub(crate) fn future(&self) -> Identity {
        let mut params = params(&["localhost"]);
        params.not_before = date_time_ymd(4000, 1, 1);
        self.sign(params)
    }

    pub(crate) fn for_clients(&self) -> Identity {
        let mut params = params(&["localhost"]);
        params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ClientAuth];
        self.sign(params)
    }

    /// A certificate for this key, in PEM of PKCS #8.
    pub(crate) fn issue_for(&self, key: &str) -> Identity {
        let key = KeyPair::from_pem(key).expect("a key");
        self.sign_for(params(&["localhost"]), &key)
    }

    fn sign(&self, params: CertificateParams) -> Identity {
        self.sign_for(params, &key())
    }

    fn sign_for(&self, params: CertificateParams, key: &KeyPair) -> Identity {
        let certificate = params.signed_by(key, &self.0).expect("a certificate");
        Identity::new(&certificate, key.serialize_der())
    }
}

impl Identity {
    fn new(certificate: &Certificate, key: Vec<u8>) -> Self {
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
            key: key().serialize_der(),
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

/// A WebSocket server that presents `identity`.
pub(crate) async fn serve(identity: Identity) -> SocketAddr {
    serve_by(identity, |mut stream| async move {
        while stream.read_u8().await.is_ok() {}
    })
    .await
}

/// As `serve`; each connection that is open is given to `open`.
pub(crate) async fn serve_by<F>(
    identity: Identity,
    open: impl Fn(TlsStream<TcpStream>) -> F + Clone + Send + Sync + 'static,
) -> SocketAddr
where
    F: Future<Output = ()> + Send,
{
    let acceptor = identity.acceptor();
    listen(move |_, tcp| {
        let (acceptor, open) = (acceptor.clone(), open.clone());
        async move {
            let Ok(mut stream) = acceptor.accept(tcp).await else {
                return;
            };
            let mut request = Vec::new();
            while !request.ends_with(b"\r\n\r\n") {
                match stream.read_u8().await {
                    Ok(byte) => request.push(byte),
                    Err(_) => return,
                }
            }
            let request = String::from_utf8(request).expect("a request is text");
            stream
                .write_all(switching(&request, "").as_bytes())
                .await
                .expect("written");
            stream.flush().await.expect("flushed");
            open(stream).await;
        }
    })
    .await
}
