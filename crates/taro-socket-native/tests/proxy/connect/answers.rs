//! Answers of a proxy, and what comes behind them.

use super::*;

#[tokio::test]
async fn a_success_opens_in_whatever_form_it_comes() {
    let table = [
        "HTTP/1.1 200 Connection established\r\n\r\n",
        "HTTP/1.0 200 OK\r\nVia: x\r\n\r\n",
        "HTTP/1.1 204\r\n\r\n",
        "HTTP/1.1 299 \r\nA: b\r\n c\r\n\r\n",
        // RFC 9110 §9.3.6: such fields say nothing here.
        "HTTP/1.1 200 OK\r\nContent-Length: 7\r\nTransfer-Encoding: chunked\r\n\r\n",
        "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nA: b\r\n\r\nHTTP/1.1 200 OK\r\n\r\n",
    ];
    for answer in table {
        for step in [1, 7, answer.len()] {
            let at = listen(move |_, tcp| async move {
                tcp.set_nodelay(true).expect("set");
                let pieces: Vec<_> = answer.as_bytes().chunks(step).collect();
                open(tcp, &pieces).await;
            })
            .await;
            through(at).await.expect(answer);
        }
    }
}

#[tokio::test]
async fn what_is_no_answer_is_told_at_once() {
    let table: [(&[u8], &str); 10] = [
        (b"\x15\x03\x03\0\x02\x02\x46", "https:// instead of http://"),
        (b"\x05\xff", "socks5h://"),
        (b"\0\0\x12\x04\0\0\0\0\0", "HTTP/2"),
        (b"SSH-2.0-OpenSSH_9.6\r\n", "SSH"),
        (b"HTTP/1.1 200 OK\n\n", "LF alone"),
        (b"HTTP/1.1 200 OK\r\nA: \0\r\n\r\n", "control character"),
        (b"HTTP/1.1 200 OK\r\nno field\r\n\r\n", "no header field"),
        (b"HTTP/1.1 20", "before its answer was complete"),
        (b"garbage", "begins with `garbage`"),
        (b"\r\n\r\n", "begins with"),
    ];
    for (answer, part) in table {
        let at = listen(move |_, mut tcp| async move {
            request(&mut tcp).await;
            tcp.write_all(answer).await.expect("written");
        })
        .await;
        let error = through(at).await.expect_err(part);
        assert_eq!(
            (error.kind(), error.retry()),
            (ErrorKind::Proxy, RetryAdvice::Later)
        );
        assert!(error.reason().contains(part), "{part}: {error}");
        assert_eq!(error.status(), None, "{error}");
    }
}

#[tokio::test]
async fn heads_are_bounded() {
    let fill = "a".repeat(1 << 20);
    let table = [
        (
            format!("HTTP/1.1 200 OK\r\nA: {fill}\r\n\r\n"),
            "65536 bytes",
        ),
        (format!("HTTP/1.1 200 {fill}"), "65536 bytes"),
        (
            "HTTP/1.1 100 Continue\r\n\r\n".repeat(50_000),
            "65536 bytes",
        ),
        (
            format!("HTTP/1.1 200 OK\r\n{}\r\n", "A:b\r\n".repeat(200_000)),
            "128 fields",
        ),
        (
            format!("HTTP/1.1 200 OK\r\n{}\r\n", "A:b\r\n".repeat(129)),
            "128 fields",
        ),
    ];
    for (answer, part) in table {
        let at = listen(move |_, mut tcp| {
            let answer = answer.clone();
            async move {
                request(&mut tcp).await;
                // The client ends it before all is written.
                drop(tcp.write_all(answer.as_bytes()).await);
                hold(tcp).await;
            }
        })
        .await;
        let error = through(at).await.expect_err(part);
        assert_eq!(error.kind(), ErrorKind::Proxy, "{error}");
        assert!(error.reason().contains(part), "{part}: {error}");
    }
    let at = listen(|_, tcp| async {
        let head = format!("HTTP/1.1 200 OK\r\n{}\r\n", "A:b\r\n".repeat(128));
        open(tcp, &[head.as_bytes()]).await;
    })
    .await;
    through(at).await.expect("not too many");
}

/// A server may refuse before it has read anything.
#[tokio::test]
async fn what_the_server_sends_right_behind_the_success_is_the_servers() {
    let refusal = "HTTP/1.1 200 OK\r\n\r\nHTTP/1.1 503 Full\r\nContent-Length: 4\r\n\r\nbusy";
    let at = answering(move |_| refusal.into()).await;
    let error = through(at).await.expect_err("refused by the server");
    let told = (error.kind(), error.status());
    assert_eq!(told, (ErrorKind::Handshake, Some(503)), "{error}");
    let response = error.response().expect("the server's");
    assert_eq!(response.body, b"busy");
    // The same within TLS: an alert.
    let alert = [
        &b"HTTP/1.1 200 OK\r\n\r\n"[..],
        b"\x15\x03\x03\0\x02\x02\x50",
    ]
    .concat();
    let at = answering(move |_| alert.clone()).await;
    let proxy = Proxy::new(format!("http://{at}")).expect("a proxy");
    let error = outcome(proxy, "wss://server.invalid/")
        .await
        .expect_err("an alert");
    assert_eq!(error.kind(), ErrorKind::Tls, "{error}");
    assert!(error.reason().contains("server.invalid:443"), "{error}");
}
