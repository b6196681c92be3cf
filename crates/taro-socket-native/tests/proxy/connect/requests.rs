//! What is sent to a proxy.

use super::*;

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
