//! TLS to the proxy, and to the server within it.

use std::net::SocketAddr;

use taro_socket_api::{Error, ErrorKind, RetryAdvice};
use taro_socket_native::{NativeConnector, NativeConnectorBuilder, Proxy, TlsOptions};
use tokio::{
    io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _, copy_bidirectional},
    net::TcpStream,
};

use crate::{
    authority::{Authority, Identity},
    server::{hold, listen},
    support::{echo, secure_echo, talk, trusting},
};

/// A proxy over TLS that opens the way to whatever is asked for, or answers this.
async fn proxy(identity: Identity, answer: Option<&'static str>) -> SocketAddr {
    let acceptor = identity.acceptor();
    listen(move |_, tcp| {
        let acceptor = acceptor.clone();
        async move {
            if let Ok(mut tls) = acceptor.accept(tcp).await {
                let server = asked(&mut tls).await;
                let answer = answer.unwrap_or("HTTP/1.1 200 OK\r\n\r\n");
                tls.write_all(answer.as_bytes()).await.expect("written");
                tls.flush().await.expect("flushed");
                let mut server = TcpStream::connect(server).await.expect("a server");
                drop(copy_bidirectional(&mut tls, &mut server).await);
            }
        }
    })
    .await
}

/// The target of CONNECT.
async fn asked(stream: &mut (impl AsyncRead + AsyncWrite + Unpin)) -> String {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        head.push(stream.read_u8().await.expect("a request"));
    }
    let head = String::from_utf8(head).expect("text");
    let target = head.split(' ').nth(1).expect("a target");
    target.to_owned()
}

fn through(builder: NativeConnectorBuilder, at: SocketAddr) -> NativeConnectorBuilder {
    let proxy = Proxy::new(format!("https://user:SECRET@localhost:{}", at.port()));
    builder.proxy(proxy.expect("a proxy"))
}

#[tokio::test]
async fn the_way_leads_through_tls() {
    let authority = Authority::new();
    let at = proxy(authority.issue(&["localhost"]), None).await;
    let plain = format!("ws://{}/", echo().await);
    let secure = secure_echo(&authority).await;
    let secure = format!("wss://localhost:{}/", secure.port());
    for url in [plain, secure] {
        let builder = through(trusting(&authority), at);
        talk(builder, &url).await.expect(&url);
    }
}

async fn refused(builder: NativeConnectorBuilder, at: SocketAddr) -> Error {
    let error = talk(through(builder, at), "ws://127.0.0.1:1/").await;
    let error = error.expect_err("refused");
    let place = format!("proxy localhost:{}", at.port());
    assert!(error.reason().contains(&place), "{error}");
    assert!(!format!("{error:?}").contains("SECRET"), "{error:?}");
    error
}

#[tokio::test]
async fn a_proxy_is_trusted_as_a_server_is() {
    let (authority, other) = (Authority::new(), Authority::new());
    let table = [
        (
            other.issue(&["localhost"]),
            "nobody whom this program trusts",
        ),
        (authority.issue(&["server.invalid"]), "not for localhost"),
    ];
    for (identity, part) in table {
        let at = proxy(identity, None).await;
        let error = refused(trusting(&authority), at).await;
        let told = (error.kind(), error.retry());
        assert_eq!(told, (ErrorKind::Tls, RetryAdvice::Never), "{error}");
        assert!(error.reason().contains(part), "{part}: {error}");
    }
}

#[tokio::test]
async fn what_it_answers_is_told_as_without_tls() {
    let authority = Authority::new();
    let answer = "HTTP/1.1 407 No\r\nProxy-Authenticate: Basic realm=\"here\"\r\n\r\n";
    let at = proxy(authority.issue(&["localhost"]), Some(answer)).await;
    let error = refused(trusting(&authority), at).await;
    let told = (error.kind(), error.status());
    assert_eq!(told, (ErrorKind::ProxyAuthentication, Some(407)), "{error}");
    assert!(error.reason().contains("for here"), "{error}");
}

#[tokio::test]
async fn a_proxy_without_tls_is_told() {
    let at = listen(|_, mut tcp| async move {
        tcp.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n")
            .await
            .expect("written");
        hold(tcp).await;
    })
    .await;
    let error = refused(NativeConnector::builder(), at).await;
    assert_eq!(error.kind(), ErrorKind::Tls, "{error}");
    assert!(
        error.reason().contains("http:// instead of https://"),
        "{error}"
    );
}

/// What is said of the server is not said of the proxy, unless it is said of that.
#[tokio::test]
async fn options_of_the_server_and_of_the_proxy_are_apart() {
    let (servers, proxys) = (Authority::new(), Authority::new());
    let at = proxy(proxys.issue(&["proxy.invalid"]), None).await;
    let server = secure_echo(&servers).await;
    let url = format!("wss://127.0.0.1:{}/", server.port());
    let named = |authority: &Authority, name| {
        TlsOptions::new()
            .only_added_roots()
            .add_root_certificate(authority.der())
            .server_name(name)
    };
    let with = |own: Option<TlsOptions>| {
        let proxy = Proxy::new(format!("https://127.0.0.1:{}", at.port())).expect("a proxy");
        let proxy = match own {
            Some(own) => proxy.tls(own),
            None => proxy,
        };
        let builder = NativeConnector::builder().tls(named(&servers, "localhost"));
        talk(builder.proxy(proxy), &url)
    };
    with(Some(named(&proxys, "proxy.invalid")))
        .await
        .expect("each its own");
    for own in [None, Some(named(&proxys, "localhost"))] {
        let error = with(own).await.expect_err("the proxy is another");
        assert_eq!(error.kind(), ErrorKind::Tls, "{error}");
        assert!(error.reason().contains("proxy 127.0.0.1:"), "{error}");
    }
}
