//! Each error of connecting names place and remedy.

use std::time::Duration;

use taro_socket_api::{ConnectSocketOption, ErrorKind, RetryAdvice, connect_with};
use taro_socket_native::NativeConnector;

use crate::server::{dial, hold, listen, outcome};

#[tokio::test]
async fn a_refused_connection() {
    // Bound and not listened to: nobody else gets it.
    let socket = tokio::net::TcpSocket::new_v4().expect("a socket");
    socket.bind(([127, 0, 0, 1], 0).into()).expect("a port");
    let at = socket.local_addr().expect("an address");
    let error = outcome("ws", at).await.expect_err("nobody listens");
    assert_eq!(
        (error.kind(), error.retry()),
        (ErrorKind::Connect, RetryAdvice::Later)
    );
    assert!(error.host_code().is_some(), "{error:?}");
    for part in [&at.to_string(), "start the server"] {
        assert!(error.reason().contains(part), "{part}: {error}");
    }
    let by_name = dial(ConnectSocketOption::new(format!(
        "ws://localhost:{}/",
        at.port()
    )))
    .await;
    let error = by_name.opened().await.expect_err("nobody listens");
    for part in [format!("localhost:{}", at.port()), at.to_string()] {
        assert!(error.reason().contains(&part), "{part}: {error}");
    }
}

#[tokio::test]
async fn a_name_that_does_not_resolve() {
    let task = dial(ConnectSocketOption::new("wss://no-such-host.invalid/")).await;
    let error = task
        .opened()
        .await
        .expect_err("RFC 6761 §6.4: never resolves");
    assert_eq!(
        (error.kind(), error.retry()),
        (ErrorKind::Dns, RetryAdvice::Later)
    );
    for part in ["no-such-host.invalid:443", "spelling"] {
        assert!(error.reason().contains(part), "{part}: {error}");
    }
}

#[tokio::test]
async fn a_server_that_does_not_answer() {
    let at = listen(|_, tcp| hold(tcp)).await;
    for (scheme, phase) in [("ws", "opening handshake"), ("wss", "TLS handshake")] {
        let option = ConnectSocketOption::new(format!("{scheme}://{at}/"));
        let option = option.timeout(Duration::from_millis(500));
        let task = connect_with(&NativeConnector::new(), option)
            .await
            .expect("a task");
        let error = task.opened().await.expect_err("no answer");
        assert_eq!(
            (error.kind(), error.retry()),
            (ErrorKind::Timeout, RetryAdvice::Later)
        );
        for part in [&at.to_string(), "500ms", phase] {
            assert!(error.reason().contains(part), "{part}: {error}");
        }
    }
}
