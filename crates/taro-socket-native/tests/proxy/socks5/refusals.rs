//! What a proxy refuses, and what is no SOCKS5.

use super::*;

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
