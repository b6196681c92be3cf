//! SOCKS5 with a proxy that misbehaves.

use std::net::SocketAddr;

use taro_socket_api::{ConnectSocketOption, Error, ErrorKind, RetryAdvice, connect_now};
use taro_socket_native::{NativeConnector, Proxy};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
    sync::mpsc,
    time::{advance, resume},
};

use crate::{
    clock::stop_clock,
    server::{LONG, dial_by, hold, listen, request, switching},
};

/// A reply that opens the way: its address is nobody's business.
const OPENED: &[u8] = &[5, 0, 0, 1, 0, 0, 0, 0, 0, 0];

fn proxy(scheme: &str, at: SocketAddr) -> Proxy {
    Proxy::new(format!("{scheme}://{at}")).expect("a proxy")
}

async fn outcome(proxy: Proxy, url: &str) -> Result<(), Error> {
    let connector = NativeConnector::builder().proxy(proxy).build()?;
    let task = dial_by(&connector, ConnectSocketOption::new(url)).await;
    task.opened().await.map(drop)
}

/// Reads the greeting and, where method 2 is chosen, the credentials; then the request, which it gives back.
async fn asked(tcp: &mut TcpStream, method: u8) -> Option<Vec<u8>> {
    let mut greeting = [0; 2];
    tcp.read_exact(&mut greeting).await.ok()?;
    let mut methods = vec![0; greeting[1].into()];
    tcp.read_exact(&mut methods).await.ok()?;
    tcp.write_all(&[5, method]).await.ok()?;
    let mut asked = Vec::new();
    if method == 2 {
        asked.push(tcp.read_u8().await.ok()?);
        for _ in 0..2 {
            let length = tcp.read_u8().await.ok()?;
            let mut part = vec![0; length.into()];
            tcp.read_exact(&mut part).await.ok()?;
            asked.push(length);
            asked.extend(part);
        }
        tcp.write_all(&[1, 0]).await.ok()?;
    }
    let mut request = [0; 5];
    tcp.read_exact(&mut request).await.ok()?;
    let more = match request[3] {
        1 => 5,
        3 => usize::from(request[4]) + 2,
        _ => 17,
    };
    let mut rest = vec![0; more];
    tcp.read_exact(&mut rest).await.ok()?;
    asked.extend([&request[..], &rest].concat());
    Some(asked)
}

/// Opens the way to itself.
async fn serve(mut tcp: TcpStream, pieces: usize) {
    for piece in OPENED.chunks(pieces) {
        tcp.write_all(piece).await.expect("written");
        tokio::task::yield_now().await;
    }
    let upgrade = request(&mut tcp).await;
    tcp.write_all(switching(&upgrade, "").as_bytes())
        .await
        .expect("written");
    hold(tcp).await;
}

#[tokio::test]
async fn the_requests_are_those_of_the_rfcs() {
    let (sender, mut requests) = mpsc::unbounded_channel();
    let at = listen(move |number, mut tcp| {
        let sender = sender.clone();
        async move {
            tcp.set_nodelay(true).expect("set");
            let method = if number == 3 { 2 } else { 0 };
            let asked = asked(&mut tcp, method).await.expect("a request");
            sender.send(asked).expect("a listener");
            serve(tcp, 1 + number).await;
        }
    })
    .await;
    let name = [&[5, 1, 0, 3, 14][..], b"server.invalid", &[0, 80]].concat();
    let six = [&[5, 1, 0, 4, 0x20, 1, 0xd, 0xb8][..], &[0; 11], &[1, 0, 81]].concat();
    let user = [
        &[1, 1, b'u', 3][..],
        b"p:w",
        &[5, 1, 0, 1, 192, 0, 2, 7, 1, 187],
    ]
    .concat();
    let table = [
        (proxy("socks5h", at), "ws://Server.invalid/", name),
        (proxy("socks5", at), "ws://[2001:db8::1]:81/", six.clone()),
        (proxy("socks5h", at), "ws://[2001:db8::1]:81/", six),
        (
            proxy("socks5h", at).basic_auth("u", "p:w"),
            "ws://192.0.2.7:443/",
            user,
        ),
    ];
    for (proxy, url, right) in table {
        outcome(proxy, url).await.expect(url);
        assert_eq!(requests.recv().await, Some(right), "{url}");
    }
}

/// A proxy takes one address at a time, so they are tried in turn.
#[tokio::test]
async fn with_socks5_names_are_resolved_here() {
    let (sender, mut requests) = mpsc::unbounded_channel();
    let at = listen(move |number, mut tcp| {
        let sender = sender.clone();
        async move {
            let asked = asked(&mut tcp, 0).await.expect("a request");
            sender.send(asked[4..].to_vec()).expect("a listener");
            match number {
                0 => drop(tcp.write_all(&[5, 8, 0, 1, 0, 0, 0, 0, 0, 0]).await),
                // Some say nothing more.
                1 => {}
                _ => serve(tcp, 10).await,
            }
        }
    })
    .await;
    let addresses = ["192.0.2.1", "192.0.2.2", "192.0.2.3"];
    let addresses = addresses.map(|ip| ip.parse().expect("an address"));
    let connector = NativeConnector::builder()
        .proxy(proxy("socks5", at))
        .resolve("server.invalid", addresses)
        .build()
        .expect("in order");
    let option = ConnectSocketOption::new("ws://server.invalid/");
    let task = dial_by(&connector, option).await;
    task.opened().await.expect("the third");
    for last in 1..=3 {
        assert_eq!(requests.recv().await, Some(vec![192, 0, 2, last, 0, 80]));
    }
    let error = outcome(proxy("socks5", at), "ws://server.invalid/").await;
    let error = error.expect_err("nowhere");
    assert_eq!(error.kind(), ErrorKind::Dns, "{error}");
}

#[tokio::test]
async fn replies_are_told_in_words() {
    use RetryAdvice::{Later, Never};
    let table = [
        (1, Later, "failed"),
        (2, Never, "rules"),
        (3, Later, "network"),
        (4, Later, "unreachable"),
        (5, Later, "nothing listens there"),
        (6, Later, "in time"),
        (7, Never, "does not open ways"),
        (8, Never, "type of address"),
        (9, Later, "RFC 1928 does not know"),
        (255, Later, "RFC 1928 does not know"),
    ];
    for (code, advice, part) in table {
        let at = listen(move |_, mut tcp| async move {
            asked(&mut tcp, 0).await;
            // Cut off behind the code, as some do.
            tcp.write_all(&[5, code]).await.expect("written");
        })
        .await;
        let error = outcome(proxy("socks5h", at), "ws://server.invalid/").await;
        let error = error.expect_err(part);
        let told = (error.kind(), error.retry(), error.status());
        assert_eq!(told, (ErrorKind::Proxy, advice, None), "{error}");
        for part in [part, "server.invalid:80", &at.to_string()] {
            assert!(error.reason().contains(part), "{part}: {error}");
        }
    }
}

#[tokio::test]
async fn what_it_says_of_credentials_is_told() {
    let plain = |at| proxy("socks5h", at);
    let known = |at| proxy("socks5h", at).basic_auth("USER", "SECRET");
    type Told = (
        fn(SocketAddr) -> Proxy,
        &'static [u8],
        ErrorKind,
        &'static str,
    );
    let table: [Told; 6] = [
        (
            plain,
            &[5, 0xff],
            ErrorKind::ProxyAuthentication,
            "Proxy::basic_auth",
        ),
        (
            known,
            &[5, 0xff],
            ErrorKind::ProxyAuthentication,
            "RFC 1929",
        ),
        (
            known,
            &[5, 2, 1, 1],
            ErrorKind::ProxyAuthentication,
            "check them",
        ),
        (
            known,
            &[5, 2, 5, 255],
            ErrorKind::ProxyAuthentication,
            "check them",
        ),
        (plain, &[5, 2], ErrorKind::Proxy, "not offered"),
        (known, &[5, 1], ErrorKind::Proxy, "not offered"),
    ];
    for (proxy, answer, kind, part) in table {
        let at = listen(move |_, mut tcp| async move {
            tcp.write_all(answer).await.expect("written");
            hold(tcp).await;
        })
        .await;
        let error = outcome(proxy(at), "ws://server.invalid/").await;
        let error = error.expect_err(part);
        assert_eq!(error.kind(), kind, "{error}");
        assert!(error.reason().contains(part), "{part}: {error}");
        assert!(!format!("{error:?}").contains("SECRET"), "{error:?}");
    }
}

/// The error of a conversation of which the proxy says so much; then it ends, or says nothing for a minute.
async fn cut_off(said: &[u8], ends: bool) -> (Error, SocketAddr) {
    let (asked, mut was_asked) = mpsc::unbounded_channel();
    let owned = said.to_vec();
    let at = listen(move |_, mut tcp| {
        let (said, asked) = (owned.clone(), asked.clone());
        async move {
            let mut greeting = [0; 4];
            tcp.read_exact(&mut greeting).await.expect("a greeting");
            tcp.write_all(&said).await.expect("written");
            if ends {
                // An end and no reset: what the client asks is read.
                tcp.shutdown().await.expect("ended");
            }
            asked.send(()).expect("a listener");
            hold(tcp).await;
        }
    })
    .await;
    let proxy = proxy("socks5h", at).basic_auth("u", "p");
    let connector = NativeConnector::builder().proxy(proxy).build();
    let option = ConnectSocketOption::new("ws://server.invalid/").timeout(LONG);
    let clock = stop_clock();
    let task = connect_now(&connector.expect("in order"), option).expect("a task");
    was_asked.recv().await.expect("a client");
    if !ends {
        advance(LONG * 2).await;
    }
    let error = task.opened().await.expect_err("cut off");
    drop(clock);
    resume();
    (error, at)
}

/// Every beginning of a conversation, behind which the proxy ends or says nothing more.
#[tokio::test]
async fn a_conversation_that_is_cut_off_is_told() {
    let whole = [&[5, 2, 1, 0][..], OPENED].concat();
    for length in 0..whole.len() {
        for ends in [true, false] {
            let (error, at) = cut_off(&whole[..length], ends).await;
            let (kind, part) = match ends {
                true => (ErrorKind::Proxy, "before its answer was complete"),
                false => (ErrorKind::Timeout, "the proxy did not answer"),
            };
            assert_eq!(error.kind(), kind, "{length}: {error}");
            for part in [part, "server.invalid:80", &at.to_string()] {
                assert!(error.reason().contains(part), "{length}: {part}: {error}");
            }
        }
    }
}

#[tokio::test]
async fn what_is_no_socks5_is_told_at_once() {
    let table: [(&[u8], &str); 4] = [
        (
            b"HTTP/1.1 400 Bad Request\r\n\r\n",
            "http:// instead of socks5h://",
        ),
        (b"\0\x5b\0\0\0\0\0\0", "SOCKS4"),
        (b"\x15\x03\x01\0\x02\x02\x0a", "is not SOCKS5"),
        (b"garbage", "`garbage`"),
    ];
    for (answer, part) in table {
        let at = listen(move |_, mut tcp| async move {
            tcp.write_all(answer).await.expect("written");
            hold(tcp).await;
        })
        .await;
        let error = outcome(proxy("socks5h", at), "ws://server.invalid/").await;
        let error = error.expect_err(part);
        assert_eq!(error.kind(), ErrorKind::Proxy, "{error}");
        assert!(error.reason().contains(part), "{part}: {error}");
    }
    // Garbage without end.
    let at = listen(|_, mut tcp| async move {
        asked(&mut tcp, 0).await;
        while tcp.write_all(&[5; 4096]).await.is_ok() {}
    })
    .await;
    let error = outcome(proxy("socks5h", at), "ws://server.invalid/").await;
    assert_eq!(error.expect_err("garbage").kind(), ErrorKind::Proxy);
}

#[tokio::test]
async fn what_the_server_sends_right_behind_the_reply_is_the_servers() {
    let at = listen(|_, mut tcp| async move {
        asked(&mut tcp, 0).await;
        let refusal = b"HTTP/1.1 503 Full\r\nContent-Length: 4\r\n\r\nbusy";
        tcp.write_all(&[OPENED, refusal].concat())
            .await
            .expect("written");
        hold(tcp).await;
    })
    .await;
    let error = outcome(proxy("socks5h", at), "ws://server.invalid/").await;
    let error = error.expect_err("refused by the server");
    assert_eq!(
        (error.kind(), error.status()),
        (ErrorKind::Handshake, Some(503))
    );
}

#[tokio::test]
async fn a_name_that_is_too_long_is_told() {
    let at = listen(|_, tcp| hold(tcp)).await;
    let name = "a".repeat(60);
    let url = format!("ws://{name}.{name}.{name}.{name}.{name}/");
    let error = outcome(proxy("socks5h", at), &url)
        .await
        .expect_err("too long");
    assert_eq!(error.kind(), ErrorKind::Proxy, "{error}");
    assert!(error.reason().contains("255 bytes"), "{error}");
}
