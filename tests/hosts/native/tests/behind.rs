//! The end is told while a stream is behind, over plain TCP and over TLS.

use std::time::Duration;

use futures::StreamExt;
use taro_socket::{
    CloseCause, ConnectSocketOption, Limits, SocketEvent, connect_with,
    native::{NativeConnector, TlsOptions},
};
use taro_socket_test_server::{Behavior, TestServer, Until};

/// More than may wait, and less than a system holds.
const MESSAGES: usize = 3000;

async fn told_at_the_end(secure: bool) {
    let server = TestServer::start().await.expect("a test server");
    let url = match secure {
        true => server.wss_url(&Behavior::Echo, "behind"),
        false => server.ws_url(&Behavior::Echo, "behind"),
    };
    let options = TlsOptions::new().add_root_certificate(server.ca_der());
    let connector = NativeConnector::builder()
        .tls(options)
        .build()
        .expect("options in order");
    let mut limits = Limits::default();
    limits.max_buffered_messages = 10;
    let option = ConnectSocketOption::new(url).limits(limits);
    let task = connect_with(&connector, option).await.expect("a task");
    task.opened().await.expect("open");
    let stream = task.events();
    for _ in 0..MESSAGES {
        task.send("echo").await.expect("sent");
    }
    let all = Until::Messages(MESSAGES);
    let seen = server.seen("behind", all, Duration::from_secs(20)).await;
    assert_eq!(seen.messages.len(), MESSAGES);
    drop(server);
    let end = tokio::time::timeout(Duration::from_secs(20), task.closed()).await;
    assert_eq!(end.expect("the end is told").cause, CloseCause::Transport);
    let events: Vec<_> = stream.collect().await;
    assert!(matches!(events.last(), Some(SocketEvent::Close(_))));
}

#[tokio::test]
async fn over_plain_tcp() {
    told_at_the_end(false).await;
}

#[tokio::test]
async fn over_tls() {
    told_at_the_end(true).await;
}
