//! What is set of names and TCP is done.

use std::{net::IpAddr, time::Duration};

use taro_socket_api::{CloseFrame, ConnectSocketOption, ErrorKind};
use taro_socket_native::{NativeConnector, NativeConnectorBuilder};
use tokio::sync::mpsc;

use crate::server::{dial_by, hold, listen, request, switching};

const LOCAL: IpAddr = IpAddr::V4(std::net::Ipv4Addr::LOCALHOST);

/// What the server saw of the client: its address and its `Host`.
async fn seen(builder: NativeConnectorBuilder, host: &str) -> (IpAddr, String) {
    let (tell, mut told) = mpsc::unbounded_channel();
    let at = listen(move |_, mut tcp| {
        let tell = tell.clone();
        async move {
            let head = request(&mut tcp).await;
            let from = tcp.peer_addr().expect("an address").ip();
            let host = head.lines().find_map(|line| line.strip_prefix("Host: "));
            tell.send((from, host.expect("a Host").to_owned()))
                .expect("heard");
            let answer = switching(&head, "");
            tokio::io::AsyncWriteExt::write_all(&mut tcp, answer.as_bytes())
                .await
                .expect("written");
            hold(tcp).await;
        }
    })
    .await;
    let connector = builder.build().expect("a connector");
    let option = ConnectSocketOption::new(format!("ws://{host}:{}/", at.port()));
    let task = dial_by(&connector, option).await;
    task.opened().await.expect("opened");
    drop(task.close(CloseFrame::default()).await);
    let (from, host) = told.recv().await.expect("told");
    (from, host.replace(&format!(":{}", at.port()), ":PORT"))
}

#[tokio::test]
async fn a_name_has_the_addresses_that_are_given() {
    let builder = NativeConnector::builder().resolve("Chat.INVALID.", [LOCAL]);
    let (_, host) = seen(builder, "chat.invalid").await;
    assert_eq!(host, "chat.invalid:PORT");
}

#[tokio::test]
async fn the_host_can_be_another_than_the_urls() {
    let builder = NativeConnector::builder().host("Inner.example:8443");
    let (_, host) = seen(builder, "127.0.0.1").await;
    assert_eq!(host, "inner.example:8443");
    for port in ["80", "443"] {
        let builder = NativeConnector::builder().host(format!("inner.example:{port}"));
        let (_, host) = seen(builder, "127.0.0.1").await;
        assert_eq!(
            host,
            format!("inner.example:{port}"),
            "a port that is written stays"
        );
    }
}

#[tokio::test]
async fn sockets_have_the_options_that_are_set() {
    // All of 127.0.0.0/8 is this machine, on Linux.
    let builder = NativeConnector::builder()
        .local_address(if cfg!(target_os = "linux") {
            "127.0.0.9".parse().expect("an address")
        } else {
            LOCAL
        })
        .tcp_keep_alive(Duration::from_secs(30))
        .send_buffer_bytes(64 << 10)
        .receive_buffer_bytes(64 << 10);
    let (from, _) = seen(builder, "127.0.0.1").await;
    if cfg!(target_os = "linux") {
        assert_eq!(from.to_string(), "127.0.0.9");
    }
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn an_interface_can_be_named() {
    let (from, _) = seen(NativeConnector::builder().interface("lo"), "127.0.0.1").await;
    assert_eq!(from, LOCAL);
    let connector = NativeConnector::builder()
        .interface("none-such")
        .build()
        .expect("a name");
    let option = ConnectSocketOption::new("ws://127.0.0.1:9/");
    let error = dial_by(&connector, option)
        .await
        .opened()
        .await
        .expect_err("none such");
    assert_eq!(error.kind(), ErrorKind::Connect, "{error}");
}

#[tokio::test]
async fn no_address_of_the_family_is_told() {
    let six = NativeConnector::builder().local_address("::1".parse().expect("an address"));
    let connector = six.build().expect("a connector");
    let option = ConnectSocketOption::new("ws://127.0.0.1:9/");
    let error = dial_by(&connector, option)
        .await
        .opened()
        .await
        .expect_err("no address");
    assert_eq!(error.kind(), ErrorKind::Connect, "{error}");
    assert!(error.reason().contains("local_address"), "{error}");
}
