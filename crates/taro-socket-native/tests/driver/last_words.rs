//! A Close frame that came before a reset is found, whatever a failed write was told first.

use std::sync::{Arc, mpsc};

use futures::FutureExt;
use taro_socket_api::{CloseCause, ConnectSocketOption, SocketTask, connect_with};
use taro_socket_native::NativeConnector;
use tokio::{
    net::TcpListener,
    runtime::{Builder, Runtime},
    task::coop::has_budget_remaining,
};

use super::server::{Peer, url, within};

/// Uses up what tokio lets a task do in one turn, as a handler does that hands much on to channels.
fn exhaust() {
    let (sender, mut receiver) = tokio::sync::mpsc::unbounded_channel();
    while has_budget_remaining() {
        sender.send(()).unwrap();
        receiver.recv().now_or_never();
    }
}

/// Sends a message; when it has come, sends a Close frame and ends TCP by a reset.
async fn overloaded(listener: TcpListener, came: mpsc::Receiver<()>, gone: mpsc::Sender<()>) {
    let mut peer = Peer::accept(&listener).await;
    peer.send(0x81, b"job").await;
    tokio::task::spawn_blocking(move || came.recv().unwrap())
        .await
        .unwrap();
    peer.send(0x88, b"\x03\xf3overloaded").await;
    peer.reset();
    gone.send(()).unwrap();
}

async fn ends_in_order(url: String, came: mpsc::Sender<()>, gone: mpsc::Receiver<()>, busy: bool) {
    let option = ConnectSocketOption::new(url);
    let task = connect_with(&NativeConnector::new(), option).await.unwrap();
    let weak = Arc::downgrade(&task);
    task.on_message(move |_| {
        came.send(()).unwrap();
        gone.recv().unwrap();
        if busy {
            exhaust();
        }
        let task: Arc<dyn SocketTask> = weak.upgrade().unwrap();
        drop(task.send("a write that fails"));
    });
    task.on_error(|event| panic!("{}", event.error));
    let end = task.closed().await;
    let told = (end.code, end.reason.as_str(), end.cause);
    assert_eq!(told, (1011, "overloaded", CloseCause::Remote));
}

fn run(client: &Runtime, busy: bool) {
    let server = Runtime::new().unwrap();
    let listener = server.block_on(TcpListener::bind("127.0.0.1:0")).unwrap();
    let url = url(&listener);
    let ((came, comes), (gone, goes)) = (mpsc::channel(), mpsc::channel());
    let served = server.spawn(overloaded(listener, comes, gone));
    client.block_on(within(ends_in_order(url, came, goes, busy)));
    server.block_on(served).unwrap();
}

#[test]
fn a_reset_is_read_up_to_its_end_before_tokio_has_told_it() {
    run(
        &Builder::new_current_thread().enable_all().build().unwrap(),
        false,
    );
    run(&Runtime::new().unwrap(), false);
}

#[test]
fn a_turn_whose_budget_is_used_up_is_not_the_end() {
    run(
        &Builder::new_current_thread().enable_all().build().unwrap(),
        true,
    );
    run(&Runtime::new().unwrap(), true);
}
