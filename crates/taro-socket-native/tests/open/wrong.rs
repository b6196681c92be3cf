//! Wrong answers fail when they are wrong, not when the time is over: each server here keeps the connection open.

use taro_socket_api::{ErrorKind, RetryAdvice};
use tokio::io::AsyncWriteExt;

use crate::server::{answering, hold, listen, outcome, switching};

/// What the server sends, and what the text has to name.
const TABLE: &[(&[u8], &str)] = &[
    (b"SSH-2.0-OpenSSH_9.6\r\n", "SSH"),
    (b"220 mail.example ESMTP\r\n", "220 mail.example ESMTP"),
    (b"\0\0\x12\x04\0\0\0\0\0\0\x03\0\0\0\x80", "HTTP/2"),
    (b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "HTTP/2"),
    (b"\x15\x03\x01\0\x02\x02\x46", "wss://"),
    (b"\x15", "wss://"),
    (b"garbage", "`garbage`"),
    (b"\0", r"`\x00`"),
    (
        b"HTTP/1.1 101 Switching Protocols\nUpgrade: websocket\n\n",
        "LF",
    ),
    (
        b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\n",
        "LF",
    ),
    (
        b"HTTP/1.1 101 Switching Protocols\r\nno field\r\n",
        "no field",
    ),
    (b"HTTP/1.1 101 Switching Protocols\r\nA: \x01", r"\x01"),
];

#[tokio::test]
async fn a_wrong_answer_is_told_at_once_with_cause_and_place() {
    for (bytes, part) in TABLE {
        let at = answering(move |_| bytes.to_vec()).await;
        let error = outcome("ws", at).await.expect_err("wrong");
        assert_eq!(
            (error.kind(), error.retry()),
            (ErrorKind::Handshake, RetryAdvice::Later),
            "{error}"
        );
        assert!(error.reason().contains(part), "{part:?}: {error}");
        assert!(error.reason().contains(&at.to_string()), "where: {error}");
    }
}

#[tokio::test]
async fn a_server_that_speaks_first_is_heard() {
    let at = listen(|_, mut tcp| async move {
        tcp.write_all(b"SSH-2.0-OpenSSH_9.6\r\n")
            .await
            .expect("written");
        hold(tcp).await;
    })
    .await;
    let plain = outcome("ws", at).await.expect_err("no HTTP");
    assert!(plain.reason().contains("SSH"), "{plain}");
    let tls = outcome("wss", at).await.expect_err("no TLS");
    assert!(tls.reason().contains("SSH-2.0-OpenSSH_9.6"), "{tls}");
}

#[tokio::test]
async fn tls_to_a_port_without_it_names_the_answer() {
    let at = listen(|_, mut tcp| async move {
        let _ = tcp.readable().await;
        let _ = tcp.try_read(&mut [0; 4096]);
        let answer = b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n";
        tcp.write_all(answer).await.expect("written");
        hold(tcp).await;
    })
    .await;
    let error = outcome("wss", at).await.expect_err("no TLS");
    assert_eq!(
        (error.kind(), error.retry()),
        (ErrorKind::Tls, RetryAdvice::Later)
    );
    for part in [
        "does not speak TLS",
        "`HTTP/1.1 400 Bad Request`",
        "ws://",
        &at.to_string(),
    ] {
        assert!(error.reason().contains(part), "{part}: {error}");
    }
}

#[tokio::test]
async fn the_answer_may_come_byte_by_byte() {
    let at = listen(|_, mut tcp| async move {
        tcp.set_nodelay(true).expect("an option");
        let request = crate::server::request(&mut tcp).await;
        for byte in switching(&request, "").bytes() {
            tcp.write_all(&[byte]).await.expect("written");
            tokio::task::yield_now().await;
        }
        hold(tcp).await;
    })
    .await;
    outcome("ws", at).await.expect("open");
}
