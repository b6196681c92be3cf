//! Memory stays flat over many connections and many messages.
//!
//! Resident memory is read from `/proc/self/statm`, so this runs on Linux only. Client and server share
//! the process: the bound covers both. The peers file nothing (empty id), so what they saw does not grow.
#![cfg(target_os = "linux")]

use std::fs;

use taro_socket::{
    CloseFrame, ConnectSocketOption, SocketEvent, connect_with, native::NativeConnector,
};
use taro_socket_test_server::{Behavior, TestServer};

/// Growth allowed after warm-up: 8 MiB.
const BOUND: u64 = 8 << 20;
/// Memory pages are 4 KiB on the platforms this runs on.
const PAGE: u64 = 4096;

/// Resident memory of this process, in bytes.
fn resident() -> u64 {
    let text = fs::read_to_string("/proc/self/statm").expect("statm");
    let pages = text
        .split(' ')
        .nth(1)
        .and_then(|pages| pages.parse::<u64>().ok());
    pages.expect("resident pages") * PAGE
}

fn assert_flat(before: u64, what: &str) {
    let after = resident();
    let grown = after.saturating_sub(before);
    assert!(
        grown <= BOUND,
        "{what}: memory grew by {grown} bytes, from {before} to {after}"
    );
}

async fn cycles(server: &TestServer, count: usize) {
    let connector = NativeConnector::new();
    for _ in 0..count {
        let option = ConnectSocketOption::new(server.ws_url(&Behavior::Echo, ""));
        let task = connect_with(&connector, option).await.expect("a task");
        task.on_message(|_| ());
        task.opened().await.expect("open");
        task.send("hello").await.expect("accepted");
        task.close(CloseFrame::default()).await.expect("accepted");
        assert_eq!(task.closed().await.code, 1000);
    }
}

/// Sends and receives `count` messages of 32 bytes, at most 1,000 on their way.
async fn messages(server: &TestServer, count: usize) {
    const BATCH: usize = 1000;
    let option = ConnectSocketOption::new(server.ws_url(&Behavior::Echo, ""));
    let task = connect_with(&NativeConnector::new(), option)
        .await
        .expect("a task");
    task.opened().await.expect("open");
    let mut events = task.events();
    assert!(matches!(events.next().await, Some(SocketEvent::Open(_))));
    for _ in 0..count / BATCH {
        for _ in 0..BATCH {
            drop(task.send(&[7; 32]));
        }
        for _ in 0..BATCH {
            let event = events.next().await;
            assert!(matches!(event, Some(SocketEvent::Message(_))), "{event:?}");
        }
    }
    assert_eq!(task.buffered_amount(), 0);
    task.close(CloseFrame::default()).await.expect("accepted");
    assert_eq!(task.closed().await.code, 1000);
}

/// One test, so that no other allocates meanwhile.
#[tokio::test(flavor = "multi_thread")]
async fn memory_stays_flat() {
    let server = TestServer::start_on_thread().expect("a test server");
    cycles(&server, 200).await;
    messages(&server, 50_000).await;
    let before = resident();
    cycles(&server, 1000).await;
    assert_flat(before, "1,000 connections");
    messages(&server, 1_000_000).await;
    assert_flat(before, "1,000,000 messages");
}
