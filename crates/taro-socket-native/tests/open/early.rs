//! A server that answers while the request is still being written.

use std::sync::Arc;

use taro_socket_api::{ConnectSocketOption, Error, ErrorKind, OpenEvent};
use taro_socket_native::{NativeConnector, TlsOptions};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

use crate::{
    authority::Authority,
    server::{LONG, dial, dial_by, listen, switching},
};

/// More than the system takes from a client whose server does not read: 32 MiB.
const MUCH: usize = 32 << 20;

const REFUSAL: &[u8] = b"HTTP/1.1 431 Request Header Fields Too Large\r\nContent-Length: 0\r\n\r\n";

fn large(url: String) -> ConnectSocketOption {
    ConnectSocketOption::new(url).header("X-Much", "x".repeat(MUCH))
}

/// Writes `answer` at once and never reads.
async fn answered_unread(answer: &'static [u8]) -> Result<OpenEvent, Error> {
    let at = listen(move |_, mut tcp| async move {
        tcp.write_all(answer).await.expect("written");
        tokio::time::sleep(2 * LONG).await;
        drop(tcp);
    })
    .await;
    dial(large(format!("ws://{at}/"))).await.opened().await
}

#[tokio::test]
async fn an_early_refusal_ends_the_writing() {
    let error = answered_unread(REFUSAL).await.expect_err("refused");
    let told = (error.kind(), error.status());
    assert_eq!(told, (ErrorKind::Handshake, Some(431)), "{error}");
}

#[tokio::test]
async fn an_early_answer_that_is_wrong_is_told_at_once() {
    let error = answered_unread(b"SSH-2.0-x\r\n").await;
    let error = error.expect_err("no HTTP");
    assert!(error.reason().contains("SSH"), "{error}");
}

#[tokio::test]
async fn an_early_refusal_ends_the_writing_over_tls() {
    let authority = Authority::new();
    let acceptor = Arc::new(authority.issue(&["localhost"]).acceptor());
    let at = listen(move |_, tcp| {
        let acceptor = Arc::clone(&acceptor);
        async move {
            let mut stream = acceptor.accept(tcp).await.expect("TLS");
            stream.write_all(REFUSAL).await.expect("written");
            stream.flush().await.expect("flushed");
            tokio::time::sleep(2 * LONG).await;
            drop(stream);
        }
    })
    .await;
    let options = TlsOptions::new().only_added_roots();
    let options = options.add_root_certificate(authority.der());
    let connector = NativeConnector::builder()
        .tls(options)
        .build()
        .expect("options in order");
    let option = large(format!("wss://localhost:{}/", at.port()));
    let opened = dial_by(&connector, option).await.opened().await;
    let error = opened.expect_err("refused");
    assert_eq!(error.status(), Some(431), "{error}");
}

/// Reads until what has come contains `end`; a request is short but for what nobody looks at.
async fn read_to(tcp: &mut TcpStream, request: &mut Vec<u8>, done: impl Fn(&[u8]) -> bool) {
    let mut piece = vec![0; 64 << 10];
    while !done(request) {
        let read = tcp.read(&mut piece).await.expect("the request");
        assert!(read > 0, "{} bytes of the request", request.len());
        request.extend_from_slice(&piece[..read]);
    }
}

#[tokio::test]
async fn an_early_101_opens_once_all_of_the_request_is_written() {
    let (told, all) = tokio::sync::oneshot::channel();
    let told = std::sync::Mutex::new(Some(told));
    let at = listen(move |_, mut tcp| {
        let told = told.lock().expect("no panic").take().expect("once");
        async move {
            let mut request = Vec::new();
            read_to(&mut tcp, &mut request, |request| {
                request.windows(8).any(|part| part == b"X-Much: ")
            })
            .await;
            let head = String::from_utf8_lossy(&request).into_owned();
            let answer = switching(&head, "");
            tcp.write_all(answer.as_bytes()).await.expect("written");
            read_to(&mut tcp, &mut request, |request| {
                request.ends_with(b"\r\n\r\n")
            })
            .await;
            told.send(request.len()).expect("asked for");
        }
    })
    .await;
    let task = dial(large(format!("ws://{at}/"))).await;
    task.opened().await.expect("open");
    assert!(all.await.expect("all of the request") > MUCH);
}
