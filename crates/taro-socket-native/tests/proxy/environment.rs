//! What the environment says, in a process of its own, whose environment it is.

use std::{env, process::Command};

use crate::{
    program::tinyproxy,
    support::{echo, talk},
};
use taro_socket_api::{ConnectSocketOption, ErrorKind, connect_now};
use taro_socket_native::{
    ByteStream, DialTarget, Dialer, NativeConnector, NativeConnectorBuilder, Proxy, async_trait,
};

const CHILD: &str = "TARO_SOCKET_TEST_ENVIRONMENT";

#[tokio::test]
async fn the_environment_is_read_by_default() {
    match env::var(CHILD) {
        Ok(server) => within(&server).await,
        Err(_) => in_a_process_of_its_own().await,
    }
}

async fn in_a_process_of_its_own() {
    let (proxy, server) = (tinyproxy(Some(("user", "secret"))).await, echo().await);
    let mut command = Command::new(env::current_exe().expect("this program"));
    for lower in ["ws", "wss", "http", "https", "all", "no"] {
        let name = format!("{lower}_proxy");
        command.env_remove(&name).env_remove(name.to_uppercase());
    }
    command
        .args([
            "--exact",
            "environment::the_environment_is_read_by_default",
            "--nocapture",
        ])
        .env("http_proxy", format!("http://user:secret@{}", proxy.at))
        .env("HTTPS_PROXY", "socks4://user:SECRET@proxy")
        .env("NO_PROXY", "localhost, 10.0.0.0/8")
        .env(CHILD, server.to_string());
    // Its server lives here.
    let status = tokio::task::spawn_blocking(move || command.status());
    let status = status.await.expect("no panic").expect("it runs");
    assert!(status.success());
}

/// Dials nothing but tells what it was to dial.
struct Telling;

#[async_trait]
impl Dialer for Telling {
    async fn dial(&self, target: &DialTarget) -> std::io::Result<ByteStream> {
        Err(std::io::Error::other(format!("asked for {target}")))
    }
}

/// Whether tinyproxy opened the way: it tells in a field what it cannot, since the name is nowhere.
async fn refused(builder: NativeConnectorBuilder) -> (ErrorKind, String) {
    let error = talk(builder, "ws://server.invalid/").await;
    let error = error.expect_err("there is no such server");
    (error.kind(), format!("{error} {error:?}"))
}

async fn within(server: &str) {
    let builder = NativeConnector::builder;
    let direct = server.replace("127.0.0.1", "localhost");
    for url in [format!("ws://{server}/"), format!("ws://{direct}/")] {
        talk(builder(), &url)
            .await
            .expect("through the proxy, and past it");
    }
    let (kind, text) = refused(builder()).await;
    assert_eq!(kind, ErrorKind::Proxy, "{text}");
    assert!(
        text.contains("(http_proxy)") && !text.contains("secret"),
        "{text}"
    );
    for builder in [builder().no_proxy(), builder().proxy_from_env(false)] {
        let (kind, text) = refused(builder).await;
        assert_eq!(kind, ErrorKind::Dns, "nobody is between: {text}");
    }
    let other = Proxy::new("http://127.0.0.1:1").expect("a proxy");
    for builder in [
        builder().proxy(other.clone()),
        builder().proxy(other).proxy_from_env(false),
    ] {
        let (kind, text) = refused(builder).await;
        assert_eq!(kind, ErrorKind::Connect, "another proxy: {text}");
    }
    beside_a_dialer().await;
    what_is_wrong().await;
}

async fn beside_a_dialer() {
    let (_, text) = refused(NativeConnector::builder().dialer(Telling)).await;
    assert!(text.contains("asked for server.invalid:80"), "{text}");
    let asked = NativeConnector::builder()
        .dialer(Telling)
        .proxy_from_env(true);
    let (_, text) = refused(asked).await;
    assert!(
        text.contains("asked for 127.0.0.1:") && text.contains("(http_proxy)"),
        "{text}"
    );
    let (ours, _theirs) = tokio::io::duplex(64);
    let option = ConnectSocketOption::new("ws://server.invalid/");
    let over = NativeConnector::new().connect_over(ByteStream::new(ours), option);
    drop(over.expect("no proxy is asked for"));
}

async fn what_is_wrong() {
    let connector = NativeConnector::new();
    let option = ConnectSocketOption::new("wss://server.invalid/");
    let error = connect_now(&connector, option)
        .map(drop)
        .expect_err("SOCKS4");
    assert_eq!(error.kind(), ErrorKind::InvalidArgument, "{error}");
    assert!(error.reason().contains("HTTPS_PROXY"), "{error}");
    assert!(!format!("{error:?}").contains("SECRET"), "{error:?}");
    let option = ConnectSocketOption::new("wss://10.1.2.3:1/");
    connect_now(&connector, option).expect("left out by NO_PROXY");
}
