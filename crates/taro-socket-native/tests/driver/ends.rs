//! The end is told at once, also while nothing is read because a consumer is behind.

use std::sync::{Arc, Mutex};

use futures::StreamExt;
use taro_socket_api::{
    CloseCause, CloseEvent, ErrorKind, EventStream, Limits, ReadyState, SocketEvent, SocketTask,
};
use tokio::io::AsyncWriteExt;

use super::server::{Peer, frame, open, within};

/// Messages that are sent; more than may wait.
const SENT: usize = 3000;

fn limits() -> Limits {
    let mut limits = Limits::default();
    limits.max_buffered_messages = 100;
    limits
}

/// A task with a stream that nobody reads, and more messages than may wait for it.
async fn behind() -> (Arc<dyn SocketTask>, EventStream, Peer) {
    let (task, mut peer) = open(limits()).await;
    let stream = task.events();
    for number in 0..SENT {
        let message = frame(0x81, number.to_string().as_bytes());
        peer.0.write_all(&message).await.unwrap();
    }
    // An answer proves nothing here: pings wait behind messages. What was sent has come to the system.
    (task, stream, peer)
}

/// What the stream had kept: all messages in their order, then the error's kind, then the close.
async fn rest(stream: EventStream) -> (Option<ErrorKind>, CloseEvent) {
    let mut events: Vec<_> = stream.collect().await;
    let Some(SocketEvent::Close(close)) = events.pop() else {
        panic!("the last event is the close");
    };
    let error = match events.last() {
        Some(SocketEvent::Error(event)) => Some(event.error.kind()),
        _ => None,
    };
    let messages = events.iter().filter_map(|event| match event {
        SocketEvent::Message(message) => message.data.as_text(),
        _ => None,
    });
    let expected = (0..SENT).map(|number| number.to_string());
    assert!(messages.eq(expected), "every message, in order");
    (error, close)
}

#[tokio::test]
async fn the_end_of_tcp_is_told_while_a_stream_is_behind() {
    within(async {
        let (task, stream, peer) = behind().await;
        drop(peer);
        assert_eq!(task.closed().await.cause, CloseCause::Transport);
        let (error, close) = rest(stream).await;
        assert_eq!((error, close.code), (Some(ErrorKind::Transport), 1006));
    })
    .await;
}

#[tokio::test]
async fn a_close_frame_that_came_before_the_end_is_found() {
    within(async {
        let (task, stream, mut peer) = behind().await;
        peer.send(0x88, b"\x03\xf3keepalive timeout").await;
        drop(peer);
        let end = task.closed().await;
        assert_eq!((end.code, end.cause), (1011, CloseCause::Remote));
        assert_eq!(end.reason, "keepalive timeout");
        let (error, close) = rest(stream).await;
        assert_eq!((error, close), (None, end));
    })
    .await;
}

#[tokio::test]
async fn a_reset_is_told_while_a_stream_is_behind() {
    within(async {
        let (task, _stream, peer) = behind().await;
        peer.reset();
        assert_eq!(task.closed().await.cause, CloseCause::Transport);
        let late = task.send("late").await.unwrap_err();
        assert_eq!(late.kind(), ErrorKind::InvalidState);
    })
    .await;
}

#[tokio::test]
async fn a_failed_write_ends_the_task_while_a_stream_is_behind() {
    within(async {
        let (task, _stream, peer) = behind().await;
        // Bytes that the server has not read make its end a reset.
        task.send("unread").await.unwrap();
        task.flush().await.unwrap();
        drop(peer);
        while task.send(vec![0; 100_000]).await.is_ok() {}
        assert_eq!(task.closed().await.cause, CloseCause::Transport);
        assert_eq!(task.ready_state(), ReadyState::Closed);
    })
    .await;
}

#[tokio::test]
async fn a_stream_that_catches_up_gets_everything() {
    within(async {
        let (task, stream, mut peer) = behind().await;
        let reader = tokio::spawn(rest(stream));
        peer.send(0x88, b"\x03\xe8").await;
        let end = task.closed().await;
        assert_eq!((end.code, end.was_clean), (1000, true));
        assert_eq!(reader.await.unwrap(), (None, end));
    })
    .await;
}

#[tokio::test]
async fn who_consumes_nothing_is_told_what_helps() {
    within(async {
        let (task, mut peer) = open(limits()).await;
        let told = Arc::new(Mutex::new(None));
        let error = Arc::clone(&told);
        task.on_error(move |event| *error.lock().unwrap() = Some(event.error));
        for _ in 0..SENT {
            peer.0.write_all(&frame(0x81, b"ok")).await.unwrap();
        }
        let end = task.closed().await;
        assert_eq!((end.code, end.cause), (1006, CloseCause::Transport));
        let error = told.lock().unwrap().take().unwrap();
        assert_eq!(error.kind(), ErrorKind::LimitExceeded);
        assert!(error.to_string().contains("ignore_messages"), "{error}");
        let (first, payload) = peer.frame().await.unwrap();
        assert_eq!((first, &payload[..2]), (0x88, &1008_u16.to_be_bytes()[..]));
    })
    .await;
}

#[tokio::test]
async fn who_ignores_messages_is_not_held_up() {
    within(async {
        let (task, mut peer) = open(limits()).await;
        task.ignore_messages();
        for _ in 0..SENT {
            peer.0.write_all(&frame(0x81, b"ok")).await.unwrap();
        }
        peer.send(0x89, b"there?").await;
        assert_eq!(peer.frame().await.unwrap(), (0x8a, b"there?".to_vec()));
        task.close(Default::default()).await.unwrap();
    })
    .await;
}
