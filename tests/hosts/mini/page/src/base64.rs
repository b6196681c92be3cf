//! Baidu's binary messages as text, for devices that make text of buffers anyway.

use std::sync::Arc;

use taro_socket::{
    CloseFrame, ConnectSocketOption, Message, Platform, SocketEvent, current_platform, swan,
};
use taro_socket_conformance::{Behavior, Failure, Harness as _, Target, Until};
use taro_socket_host_js::{Config, Connector, HostHarness, Http};
use taro_socket_test_protocol::MessageSeen;

/// What is sent, and what the peer gets: RFC 4648 §10, and octets that are no UTF-8.
const SENT: [(&[u8], &str); 6] = [
    (b"", ""),
    (b"f", "Zg=="),
    (b"fo", "Zm8="),
    (b"foobar", "Zm9vYmFy"),
    (&[0xfb, 0xff, 0xfe], "+//+"),
    (&[0x00, 0xc3, 0x28, 0xff], "AMMo/w=="),
];

/// More than goes into one frame of a usual size.
const LARGE: usize = 300_000;

/// Text in both directions is as it is, binary messages go out as base64 and come back as the text that they were.
pub(crate) async fn run(config: &Config, http: &Http) -> Result<(), Failure> {
    if current_platform() != Platform::Swan {
        return Ok(());
    }
    let connector = Connector {
        connector: Arc::new(swan::SwanConnector::new().binary_as_base64(true)),
        max_sockets: 5,
        ws_ready_state: |_| None,
        app: None,
    };
    let harness = HostHarness::new(connector, config.clone(), http.clone());
    let peer = harness.peer(Target::Secure(Behavior::Echo)).await?;
    let task = harness
        .connect(ConnectSocketOption::new(peer.url()))
        .await?;
    let mut events = task.events();
    task.opened().await?;
    let mut wanted = vec!["Zg==".to_owned()];
    task.send("Zg==").await?;
    for (bytes, text) in SENT {
        task.send(bytes.to_vec()).await?;
        wanted.push(text.to_owned());
    }
    task.send(vec![0; LARGE]).await?;
    wanted.push("A".repeat(LARGE / 3 * 4));
    let mut told = Vec::new();
    while told.len() < wanted.len() {
        match events.next().await {
            Some(SocketEvent::Message(event)) => told.push(event.data),
            Some(SocketEvent::Open(_)) => {}
            other => return Err(Failure::new(format!("base64: {told:?}, then {other:?}"))),
        }
    }
    let seen: Vec<_> = wanted.iter().map(|text| MessageSeen::text(text)).collect();
    let wanted: Vec<_> = wanted.into_iter().map(Message::from).collect();
    task.close(CloseFrame::default()).await?;
    task.closed().await;
    if told != wanted {
        return Err(Failure::new("base64: something else came back"));
    }
    match peer.seen(Until::Closed).await?.messages == seen {
        true => Ok(()),
        false => Err(Failure::new("base64: the peer was sent something else")),
    }
}
