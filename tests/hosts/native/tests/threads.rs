//! Eight threads send on one task: each thread's order is kept, and nothing is lost.

use std::{sync::Arc, thread, time::Duration};

use taro_socket::{
    CloseFrame, ConnectSocketOption, SocketTask, connect_with, native::NativeConnector,
};
use taro_socket_test_server::{Behavior, Observation, TestServer, Until};

const THREADS: u8 = 8;
const EACH: u16 = 2000;

/// The thread, then the number, in two bytes.
fn payload(thread: u8, number: u16) -> Vec<u8> {
    let [high, low] = number.to_be_bytes();
    vec![thread, high, low]
}

async fn send_from_threads(task: &Arc<dyn SocketTask>) {
    let senders = (0..THREADS).map(|number| {
        let task = Arc::clone(task);
        thread::spawn(move || {
            for at in 0..EACH {
                drop(task.send(payload(number, at)));
            }
        })
    });
    let senders: Vec<_> = senders.collect();
    let joined =
        tokio::task::spawn_blocking(|| senders.into_iter().all(|sender| sender.join().is_ok()));
    assert!(joined.await.expect("joined"), "a sender panicked");
}

fn each_in_order(seen: &Observation) {
    let total = usize::from(THREADS) * usize::from(EACH);
    assert_eq!(seen.messages.len(), total);
    let mut next = [0_u16; THREADS as usize];
    for message in &seen.messages {
        let thread = u8::from_str_radix(&message.head[..2], 16).expect("a thread");
        let number = u16::from_str_radix(&message.head[2..], 16).expect("a number");
        let expected = &mut next[usize::from(thread)];
        assert_eq!(number, *expected, "of thread {thread}");
        *expected += 1;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn keep_their_order() {
    let server = TestServer::start_on_thread().expect("a test server");
    let option = ConnectSocketOption::new(server.ws_url(&Behavior::Capture, "threads"));
    let task = connect_with(&NativeConnector::new(), option)
        .await
        .expect("a task");
    task.opened().await.expect("open");
    send_from_threads(&task).await;
    task.close(CloseFrame::default()).await.expect("accepted");
    assert_eq!(task.closed().await.code, 1000);
    let seen = server
        .seen("threads", Until::Closed, Duration::from_secs(30))
        .await;
    assert!(
        seen.reached && seen.violations.is_empty(),
        "{:?}",
        seen.violations
    );
    each_in_order(&seen);
}
