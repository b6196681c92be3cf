//! CONNECT with a proxy that misbehaves.

use std::net::SocketAddr;

use taro_socket_api::{
    CloseCause, ConnectSocketOption, Error, ErrorKind, RetryAdvice, connect_now,
};
use taro_socket_native::{NativeConnector, Proxy};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
    sync::mpsc,
    time::{advance, resume},
};

use crate::{
    clock::stop_clock,
    server::{LONG, answering, dial_by, hold, listen, request, switching},
};

/// The name is resolved nowhere: whoever answers is the proxy.
const SERVER: &str = "server.invalid:80";

async fn outcome(proxy: Proxy, url: &str) -> Result<(), Error> {
    let connector = NativeConnector::builder().proxy(proxy).build()?;
    let opened = dial_by(&connector, ConnectSocketOption::new(url)).await;
    opened.opened().await.map(drop)
}

async fn through(at: SocketAddr) -> Result<(), Error> {
    let proxy = Proxy::new(format!("http://USER:SECRET@{at}"))?;
    outcome(proxy, "ws://server.invalid/").await
}

async fn refused(answer: impl Into<Vec<u8>>) -> Error {
    let answer = answer.into();
    let at = answering(move |_| answer.clone()).await;
    let error = through(at).await.expect_err("refused");
    for part in [&*at.to_string(), SERVER] {
        assert!(error.reason().contains(part), "{part}: {error}");
    }
    let all = format!("{error:?}");
    assert!(!all.contains("SECRET") && !all.contains("VVNFUj"), "{all}");
    error
}

/// Opens the way to itself: it is the server, too.
async fn open(mut tcp: TcpStream, answer: &[&[u8]]) {
    request(&mut tcp).await;
    for piece in answer {
        tcp.write_all(piece).await.expect("written");
        tokio::task::yield_now().await;
    }
    let upgrade = request(&mut tcp).await;
    assert!(
        !upgrade.to_ascii_lowercase().contains("proxy-"),
        "{upgrade}"
    );
    let answer = switching(&upgrade, "");
    tcp.write_all(answer.as_bytes()).await.expect("written");
    hold(tcp).await;
}

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
async fn statuses_are_told_with_what_helps() {
    use ErrorKind::{Proxy, ProxyAuthentication};
    use RetryAdvice::{Later, Never};
    let table = [
        (101, Proxy, Later, "log"),
        (302, Proxy, Later, "portal"),
        (400, Proxy, Never, "check that a proxy"),
        (
            401,
            ProxyAuthentication,
            Never,
            "check user name and password",
        ),
        (403, Proxy, Never, "NO_PROXY"),
        (404, Proxy, Never, "check host and port"),
        (405, Proxy, Later, "CONNECT"),
        (
            407,
            ProxyAuthentication,
            Never,
            "check user name and password",
        ),
        (418, Proxy, Later, "log"),
        (429, Proxy, Later, "later"),
        (500, Proxy, Later, "could not reach the server"),
        (501, Proxy, Later, "CONNECT"),
        (502, Proxy, Later, "could not reach the server"),
        (504, Proxy, Later, "could not reach the server"),
        (999, Proxy, Later, "log"),
    ];
    for (status, kind, advice, part) in table {
        let error = refused(format!("HTTP/1.1 {status} Some phrase\r\n\r\nbody")).await;
        let told = (error.kind(), error.retry(), error.status());
        assert_eq!(told, (kind, advice, Some(status)), "{error}");
        for part in [part, &format!("{status} Some phrase")] {
            assert!(error.reason().contains(part), "{part}: {error}");
        }
        assert!(
            error.response().is_none(),
            "it is not the server's: {error}"
        );
    }
}

#[tokio::test]
async fn a_407_names_the_realm_and_what_it_asks_for() {
    let head = "HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: ";
    let error = refused(format!("{head}Basic realm=\"The \\\"office\\\"\"\r\n\r\n")).await;
    assert!(error.reason().contains("for The \"office\""), "{error}");
    let negotiate = format!("{head}Negotiate\r\nProxy-Authenticate: NTLM\r\n\r\n");
    let error = refused(negotiate).await;
    for part in ["Negotiate, NTLM", "Proxy::header"] {
        assert!(error.reason().contains(part), "{part}: {error}");
    }
    let hostile = format!("{head}Basic realm=\"{}\u{202e}\"\r\n\r\n", "x".repeat(9000));
    let error = refused(hostile).await;
    assert!(
        error.reason().len() < 1000,
        "short: {}",
        error.reason().len()
    );
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

#[tokio::test]
async fn a_proxy_that_ends_the_connection_is_told() {
    for stage in 0..4 {
        let at = listen(move |_, mut tcp| async move {
            if stage > 0 {
                request(&mut tcp).await;
            }
            let part: &[u8] = match stage {
                0 | 1 => b"",
                2 => b"HTTP",
                _ => b"HTTP/1.1 200 OK\r\nA: b\r\n",
            };
            drop(tcp.write_all(part).await);
        })
        .await;
        let error = through(at).await.expect_err("ended");
        let told = (error.kind(), error.retry());
        assert_eq!(
            told,
            (ErrorKind::Proxy, RetryAdvice::Later),
            "{stage}: {error}"
        );
        assert!(error.reason().contains(SERVER), "{stage}: {error}");
    }
    // Behind its success it is the server that has ended.
    let at = listen(|_, mut tcp| async move {
        request(&mut tcp).await;
        tcp.write_all(b"HTTP/1.1 200 OK\r\n\r\n")
            .await
            .expect("written");
    })
    .await;
    let error = through(at).await.expect_err("ended");
    assert_eq!(error.kind(), ErrorKind::Handshake, "{error}");
}

#[tokio::test]
async fn a_proxy_that_does_not_answer_is_a_time_out() {
    for said in [&b""[..], b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1"] {
        let (asked, mut was_asked) = mpsc::unbounded_channel();
        let at = answering(move |_| {
            asked.send(()).expect("a listener");
            said.to_vec()
        })
        .await;
        let proxy = Proxy::new(format!("http://{at}")).expect("a proxy");
        let connector = NativeConnector::builder().proxy(proxy).build();
        let option = ConnectSocketOption::new("ws://server.invalid/").timeout(LONG);
        let clock = stop_clock();
        let task = connect_now(&connector.expect("in order"), option).expect("a task");
        was_asked.recv().await.expect("a client");
        advance(LONG * 2).await;
        let error = task.opened().await.expect_err("no answer");
        drop(clock);
        resume();
        assert_eq!(error.kind(), ErrorKind::Timeout, "{error}");
        for part in [
            SERVER,
            &at.to_string(),
            "the proxy did not answer",
            "proxy 120.0 s",
        ] {
            assert!(error.reason().contains(part), "{part}: {error}");
        }
        assert_eq!(task.closed().await.cause, CloseCause::Timeout);
    }
}

#[tokio::test]
async fn a_proxy_that_is_not_there_is_named() {
    let proxy = Proxy::new("http://127.0.0.1:1").expect("a proxy");
    let error = outcome(proxy, "ws://server.invalid/")
        .await
        .expect_err("nobody");
    assert_eq!(error.kind(), ErrorKind::Connect, "{error}");
    assert!(error.reason().contains("proxy 127.0.0.1:1"), "{error}");
    let proxy = Proxy::new("http://proxy.invalid").expect("a proxy");
    let error = outcome(proxy, "ws://server.invalid/")
        .await
        .expect_err("no name");
    assert_eq!(error.kind(), ErrorKind::Dns, "{error}");
    assert!(error.reason().contains("proxy proxy.invalid:80"), "{error}");
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

#[tokio::test]
async fn the_request_is_that_of_the_rfc() {
    let (sender, mut requests) = mpsc::unbounded_channel();
    let at = answering(move |request| {
        sender.send(request.to_owned()).expect("a listener");
        b"HTTP/1.1 502 X\r\n\r\n".to_vec()
    })
    .await;
    let plain = || Proxy::new(format!("http://{at}")).expect("a proxy");
    let table = [
        (
            plain(),
            "ws://Server.invalid/path?query",
            "server.invalid:80",
            "",
        ),
        (plain(), "wss://server.invalid", "server.invalid:443", ""),
        (plain(), "ws://[2001:db8::1]:81/", "[2001:db8::1]:81", ""),
        (
            plain().basic_auth("Aladdin", "open sesame"),
            "ws://192.0.2.7/",
            "192.0.2.7:80",
            "Proxy-Authorization: Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==\r\n",
        ),
        (
            plain()
                .header("User-Agent", "x")
                .header("Proxy-Authorization", "Bearer y"),
            "ws://server.invalid/",
            "server.invalid:80",
            "User-Agent: x\r\nProxy-Authorization: Bearer y\r\n",
        ),
    ];
    for (proxy, url, target, fields) in table {
        outcome(proxy, url).await.expect_err("502");
        let right = format!("CONNECT {target} HTTP/1.1\r\nHost: {target}\r\n{fields}\r\n");
        assert_eq!(requests.recv().await.as_deref(), Some(&*right));
    }
}

/// Fields and credentials for the one do not reach the other.
#[tokio::test]
async fn the_servers_fields_are_not_the_proxys() {
    let (sender, mut requests) = mpsc::unbounded_channel();
    let at = listen(move |_, mut tcp| {
        let sender = sender.clone();
        async move {
            sender.send(request(&mut tcp).await).expect("a listener");
            tcp.write_all(b"HTTP/1.1 200 OK\r\n\r\n")
                .await
                .expect("written");
            sender.send(request(&mut tcp).await).expect("a listener");
            let mut rest = [0; 1];
            drop(tcp.read(&mut rest).await);
        }
    })
    .await;
    let proxy = Proxy::new(format!("http://u:p@{at}")).expect("a proxy");
    let proxy = proxy.header("X-Proxy", "1");
    let connector = NativeConnector::builder()
        .proxy(proxy)
        .build()
        .expect("in order");
    let option = ConnectSocketOption::new("ws://server.invalid/").header("Authorization", "x");
    let task = dial_by(&connector, option).await;
    let (connect, upgrade) = (requests.recv().await, requests.recv().await);
    let (connect, upgrade) = (connect.expect("one"), upgrade.expect("another"));
    task.abort();
    assert!(connect.contains("\r\nX-Proxy: 1\r\n") && !connect.contains("\r\nAuthorization"));
    assert!(upgrade.contains("\r\nAuthorization: x\r\n"), "{upgrade}");
    assert!(!upgrade.to_ascii_lowercase().contains("proxy"), "{upgrade}");
}
