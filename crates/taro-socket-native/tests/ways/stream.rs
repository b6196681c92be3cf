//! TLS over streams that are no TCP, and Unix sockets.

use taro_socket_api::{CloseFrame, ConnectSocketOption};
use taro_socket_native::{ByteStream, NativeConnector};

use crate::dialer::echo;
#[cfg(feature = "__tls")]
use crate::{authority, dialer::message};

#[cfg(feature = "__tls")]
#[tokio::test]
async fn tls_over_a_pipe_in_memory() {
    let authority = authority::Authority::new();
    let acceptor = authority.issue(&["pipe.example"]).acceptor();
    // Shorter than any flight of the handshake.
    let (ours, theirs) = tokio::io::duplex(33);
    tokio::spawn(async move { echo(acceptor.accept(theirs).await.expect("TLS")).await });
    let tls = taro_socket_native::TlsOptions::new().only_added_roots();
    let tls = tls.add_root_certificate(authority.der());
    let connector = NativeConnector::builder()
        .tls(tls)
        .build()
        .expect("a connector");
    let option = ConnectSocketOption::new("wss://pipe.example/");
    let task = connector
        .connect_over(ByteStream::new(ours), option)
        .expect("a task");
    let mut events = task.events();
    task.opened().await.expect("opened");
    let sent = taro_socket_api::Message::from(vec![1; 70_000]);
    task.send(sent.clone()).await.expect("sent");
    assert_eq!(message(&mut events).await, sent);
    task.close(CloseFrame::default()).await.expect("closed");
    assert!(task.closed().await.was_clean);
}

#[cfg(feature = "__tls")]
#[tokio::test]
async fn a_pipe_that_speaks_no_tls_is_told_at_once() {
    use tokio::io::AsyncWriteExt as _;

    let (ours, mut theirs) = tokio::io::duplex(4096);
    theirs
        .write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n")
        .await
        .expect("written");
    let option = ConnectSocketOption::new("wss://pipe.example/");
    let task = NativeConnector::new()
        .connect_over(ByteStream::new(ours), option)
        .expect("a task");
    let error = task.opened().await.expect_err("no TLS");
    assert!(error.reason().contains("does not speak TLS"), "{error}");
    drop(theirs);
}

#[cfg(unix)]
#[tokio::test]
async fn a_unix_socket_is_a_connection() {
    let (ours, theirs) = tokio::net::UnixStream::pair().expect("a pair");
    tokio::spawn(echo(theirs));
    let option = ConnectSocketOption::new("ws://daemon/");
    let task = NativeConnector::new()
        .connect_over(ByteStream::new(ours), option)
        .expect("a task");
    task.opened().await.expect("opened");
    task.close(CloseFrame::default()).await.expect("closed");
    assert!(task.closed().await.was_clean);
}
