//! Consumers that come when more waits than may.

use std::sync::{Arc, Mutex};

use futures::StreamExt;
use taro_socket_api::{CloseFrame, Limits, SocketEvent, SocketTask};
use tokio::net::TcpListener;

use super::server::{Peer, frame, open_at, within};

const SENT: usize = 64;

/// A task just opened; four times as many messages as may wait came with the answer.
async fn burst() -> (Arc<dyn SocketTask>, Peer) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let limits = Limits::default().max_buffered_messages(SENT / 4);
    let burst: Vec<u8> = (0..SENT)
        .flat_map(|number| frame(0x81, number.to_string().as_bytes()))
        .collect();
    open_at(&listener, limits, &burst).await
}

/// The connection stands, and ends in order.
async fn stands(task: Arc<dyn SocketTask>, peer: &mut Peer) {
    peer.send(0x89, b"there?").await;
    assert_eq!(peer.frame().await.unwrap(), (0x8a, b"there?".to_vec()));
    task.close(CloseFrame::default()).await.unwrap();
    assert_eq!(peer.frame().await.unwrap().0, 0x88);
    peer.send(0x88, b"\x03\xe8").await;
    assert!(task.closed().await.was_clean);
}

fn all() -> Vec<String> {
    (0..SENT).map(|number| number.to_string()).collect()
}

#[tokio::test]
async fn a_handler_that_comes_right_behind_open_gets_everything() {
    within(async {
        let (task, mut peer) = burst().await;
        let got = Arc::new(Mutex::new(Vec::new()));
        let told = Arc::clone(&got);
        task.on_message(move |event| {
            let text = event.data.as_text().unwrap_or_default().to_owned();
            told.lock().unwrap().push(text);
        });
        stands(task, &mut peer).await;
        assert_eq!(*got.lock().unwrap(), all());
    })
    .await;
}

#[tokio::test]
async fn a_stream_that_comes_right_behind_open_gets_everything() {
    within(async {
        let (task, mut peer) = burst().await;
        let texts = task.events().filter_map(async |event| match event {
            SocketEvent::Message(message) => message.data.as_text().map(str::to_owned),
            _ => None,
        });
        let reader = tokio::spawn(texts.collect::<Vec<_>>());
        stands(task, &mut peer).await;
        assert_eq!(reader.await.unwrap(), all());
    })
    .await;
}

#[tokio::test]
async fn who_says_right_behind_open_that_messages_are_not_wanted_is_not_failed() {
    within(async {
        let (task, mut peer) = burst().await;
        task.ignore_messages();
        stands(task, &mut peer).await;
    })
    .await;
}
