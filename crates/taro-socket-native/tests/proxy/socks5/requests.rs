//! What is sent to a proxy, and what comes behind its reply.

use super::*;

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
