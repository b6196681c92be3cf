//! A refusal is told as that, though its body does not end in time.

use std::{
    io::{Read, Write},
    net::{TcpListener, TcpStream},
    time::Duration,
};

use taro_socket_api::{CloseCause, ConnectSocketOption, ErrorKind, RetryAdvice, connect_with};
use taro_socket_native::NativeConnector;
use tokio::{task::spawn_blocking, time::Instant};

/// Reads a request and writes `answer`. While this runs the paused clock stands still.
fn answer(listener: &TcpListener, answer: &[u8]) -> TcpStream {
    let (mut tcp, _) = listener.accept().expect("a connection");
    let mut request = Vec::new();
    while !request.ends_with(b"\r\n\r\n") {
        let mut byte = [0];
        tcp.read_exact(&mut byte).expect("a request");
        request.extend_from_slice(&byte);
    }
    tcp.write_all(answer).expect("written");
    tcp
}

#[tokio::test(start_paused = true)]
async fn a_refusal_without_an_end_is_no_time_out() {
    use RetryAdvice::{Later, Never};
    let table = [
        ("401 Unauthorized", "", 401, Never),
        ("503 Service Unavailable", "", 503, Later),
        ("403 Forbidden", "Content-Length: 99\r\n", 403, Never),
        (
            "403 Forbidden",
            "Transfer-Encoding: chunked\r\n",
            403,
            Never,
        ),
    ];
    for (line, fields, status, retry) in table {
        for timeout in [1, 500, 999, 1000, 5000].map(Duration::from_millis) {
            let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
            let at = listener.local_addr().expect("an address");
            let head = format!("HTTP/1.1 {line}\r\n{fields}\r\n3\r\nwho");
            let served = spawn_blocking(move || answer(&listener, head.as_bytes()));
            let option = ConnectSocketOption::new(format!("ws://{at}/")).timeout(timeout);
            let begun = Instant::now();
            let task = connect_with(&NativeConnector::new(), option)
                .await
                .expect("a task");
            let kept_open = served.await.expect("served");
            let error = task.opened().await.expect_err("refused");
            let told = (error.kind(), error.status(), error.retry());
            let expected = (ErrorKind::Handshake, Some(status), retry);
            assert!(begun.elapsed() <= timeout, "the body is not waited for");
            assert_eq!(told, expected, "within {timeout:?}: {error}");
            assert!(error.reason().contains("who"), "what came of it: {error}");
            assert_eq!(task.closed().await.cause, CloseCause::Transport);
            drop(kept_open);
        }
    }
}

/// Linux keeps what came before a reset; other systems may not.
#[cfg(target_os = "linux")]
#[tokio::test]
async fn a_reset_within_the_body_is_a_refusal_all_the_same() {
    use tokio::io::AsyncWriteExt;

    use crate::server::{listen, outcome, request};

    let at = listen(|_, mut tcp| async move {
        request(&mut tcp).await;
        let answer = b"HTTP/1.1 401 Unauthorized\r\nContent-Length: 99\r\n\r\nwho";
        tcp.write_all(answer).await.expect("written");
        tcp.set_zero_linger().expect("an option");
    })
    .await;
    let error = outcome("ws", at).await.expect_err("refused");
    let told = (error.kind(), error.status(), error.retry());
    let expected = (ErrorKind::Handshake, Some(401), RetryAdvice::Never);
    assert_eq!(told, expected, "{error}");
}
