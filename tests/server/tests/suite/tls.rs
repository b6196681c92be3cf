//! The two TLS ports.

use std::net::SocketAddr;
use std::sync::Arc;

use futures::{SinkExt, StreamExt};
use taro_socket_test_protocol::End;
use taro_socket_test_server::{Behavior, DropWhen, Options, TestServer, Until};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivatePkcs8KeyDer, ServerName};
use tokio_rustls::rustls::{ClientConfig, RootCertStore, crypto::ring};
use tokio_tungstenite::client_async;
use tokio_tungstenite::tungstenite::Message;

use crate::client::{seen, server};

/// A client configuration that trusts the server, with or without a certificate of its own.
fn config(server: &TestServer, identified: bool) -> ClientConfig {
    let mut roots = RootCertStore::empty();
    let ca = CertificateDer::from(server.ca_der().to_vec());
    roots.add(ca).expect("an authority");
    let provider = Arc::new(ring::default_provider());
    let builder = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .expect("versions")
        .with_root_certificates(roots);
    if !identified {
        return builder.with_no_client_auth();
    }
    let identity = server.client_identity();
    let chain = vec![CertificateDer::from(identity.certificate_der.clone())];
    let key = PrivatePkcs8KeyDer::from(identity.key_der.clone());
    builder
        .with_client_auth_cert(chain, key.into())
        .expect("a client certificate")
}

async fn dial(addr: SocketAddr, config: ClientConfig) -> std::io::Result<TlsStream<TcpStream>> {
    dial_as("127.0.0.1", addr, config).await
}

async fn dial_as(
    name: &'static str,
    addr: SocketAddr,
    config: ClientConfig,
) -> std::io::Result<TlsStream<TcpStream>> {
    let tcp = TcpStream::connect(addr).await?;
    let name = ServerName::try_from(name).expect("a name");
    TlsConnector::from(Arc::new(config))
        .connect(name, tcp)
        .await
}

async fn echo(stream: TlsStream<TcpStream>, url: &str) {
    let (mut socket, _) = client_async(url, stream).await.expect("an open socket");
    let large = Message::binary(vec![7; 3_000_000]);
    socket.send(large.clone()).await.expect("sent");
    assert_eq!(socket.next().await.expect("one").expect("a message"), large);
    socket.close(None).await.expect("closed");
    while let Some(Ok(_)) = socket.next().await {}
}

#[tokio::test]
async fn the_certificate_has_the_names_asked_for_beside_loopback() {
    let names = ["192.0.2.7", "device.test"].map(str::to_owned).to_vec();
    let options = Options {
        names,
        ..Options::default()
    };
    let server = TestServer::start_with(options).await.expect("a server");
    for name in ["192.0.2.7", "device.test", "localhost", "127.0.0.1"] {
        let stream = dial_as(name, server.tls_addr(), config(&server, false)).await;
        echo(stream.expect(name), "ws://name/echo").await;
    }
    let other = dial_as("other.test", server.tls_addr(), config(&server, false)).await;
    assert!(other.is_err());
}

#[tokio::test]
async fn a_client_that_trusts_the_authority_is_served() {
    let server = server().await;
    let stream = dial(server.tls_addr(), config(&server, false)).await;
    echo(
        stream.expect("trust"),
        &server.wss_url(&Behavior::Echo, "a"),
    )
    .await;
    let seen = seen(&server, Until::Ended).await;
    assert_eq!((seen.messages.len(), seen.end), (1, Some(End::Local)));
}

#[tokio::test]
async fn a_client_that_does_not_trust_it_gives_up() {
    let (server, other) = tokio::join!(server(), server());
    let refused = dial(server.tls_addr(), config(&other, false)).await;
    assert!(refused.is_err_and(|error| error.to_string().contains("certificate")));
}

#[tokio::test]
async fn the_mutual_port_demands_a_certificate() {
    let server = server().await;
    let addr = server.mutual_tls_addr();
    let url = server.mutual_wss_url(&Behavior::Echo, "a");
    // With TLS 1.3 the refusal arrives behind the client's side of the handshake.
    if let Ok(stream) = dial(addr, config(&server, false)).await {
        assert!(client_async(&url, stream).await.is_err());
    }
    let stream = dial(addr, config(&server, true)).await.expect("let in");
    echo(stream, &url).await;
    assert_eq!(seen(&server, Until::Ended).await.requests.len(), 1);
}

#[tokio::test]
async fn a_reset_reaches_through_tls() {
    let server = server().await;
    let when = DropWhen::Message;
    let url = server.wss_url(&Behavior::Drop { when, reset: true }, "a");
    let stream = dial(server.tls_addr(), config(&server, false)).await;
    let (mut socket, _) = client_async(url, stream.expect("trust"))
        .await
        .expect("open");
    socket.send(Message::text("x")).await.expect("sent");
    assert!(socket.next().await.expect("an end").is_err());
}
