//! An authority, and TLS servers with the certificates that it issues.

use std::net::SocketAddr;

use rcgen::{
    BasicConstraints, CertificateParams, CertifiedIssuer, DnType, ExtendedKeyUsagePurpose, IsCa,
    KeyPair, date_time_ymd,
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};
use tokio_rustls::server::TlsStream;

use crate::server::{listen, switching};

#[path = "identity.rs"]
mod identity;

pub(crate) use identity::Identity;

pub(crate) struct Authority(CertifiedIssuer<'static, KeyPair>);

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

    /// One who is none, by what its certificate says, and issues certificates all the same.
    pub(crate) fn pretended(is_ca: IsCa) -> Self {
        Self::marked(params(&["localhost"]), is_ca)
    }

    fn of(params: CertificateParams) -> Self {
        Self::marked(params, IsCa::Ca(BasicConstraints::Unconstrained))
    }

    fn marked(mut params: CertificateParams, is_ca: IsCa) -> Self {
        params.is_ca = is_ca;
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
