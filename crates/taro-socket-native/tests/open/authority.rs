//! An authority, and TLS servers with the certificates that it issues.

use std::{net::SocketAddr, sync::Arc};

use rcgen::{
    BasicConstraints, CertificateParams, CertifiedIssuer, DnType, ExtendedKeyUsagePurpose, IsCa,
    KeyPair, date_time_ymd,
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};
use tokio_rustls::{
    TlsAcceptor,
    rustls::{
        RootCertStore, ServerConfig,
        crypto::ring::default_provider,
        pki_types::{CertificateDer, PrivateKeyDer},
        server::WebPkiClientVerifier,
    },
    server::TlsStream,
};

use crate::server::{listen, switching};

pub(crate) struct Authority(CertifiedIssuer<'static, KeyPair>);

/// A certificate, its key, and whose clients are asked for.
pub(crate) struct Identity {
    certificate: Vec<u8>,
    key: Vec<u8>,
    clients: Option<Vec<u8>>,
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
        let mut params = params(&["localhost"]);
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
        Identity {
            certificate: self.der(),
            key: self.key_der(),
            clients: None,
        }
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

    fn sign(&self, params: CertificateParams) -> Identity {
        let key = key();
        let certificate = params.signed_by(&key, &self.0).expect("a certificate");
        Identity {
            certificate: certificate.der().to_vec(),
            key: key.serialize_der(),
            clients: None,
        }
    }
}

impl Identity {
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
            .with_safe_default_protocol_versions()
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
        let chain = vec![CertificateDer::from(self.certificate.clone())];
        builder
            .with_single_cert(chain, key)
            .expect("a configuration")
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
