//! A Close frame that came before a reset is found, whatever a failed write was told first.

use std::sync::{Arc, mpsc};

use futures::FutureExt;
use taro_socket_api::{CloseCause, ConnectSocketOption, SocketTask, connect_with};
use taro_socket_native::NativeConnector;
use tokio::{net::TcpListener, runtime::Runtime};

use super::server::{Peer, url, within};

/// What tokio lets a task do in one turn, and some more.
const BUDGET: usize = 140;

/// Uses up some of it, as a handler does that hands much on to channels.
fn spend(budget: usize) {
    let (sender, mut receiver) = tokio::sync::mpsc::unbounded_channel();
    for _ in 0..budget {
        sender.send(()).unwrap();
        receiver.recv().now_or_never();
    }
}

/// Sends a message when asked for it; when it has come, sends a Close frame and ends TCP by a reset.
async fn overloaded(listener: TcpListener, came: mpsc::Receiver<()>, gone: mpsc::Sender<()>) {
    let mut peer = Peer::accept(&listener).await;
    assert_eq!(peer.frame().await.unwrap().1, b"job?");
    peer.send(0x81, b"job").await;
    let came = tokio::task::spawn_blocking(move || came.recv());
    came.await.unwrap().unwrap();
    peer.send(0x88, b"\x03\xf3overloaded").await;
    peer.reset();
    gone.send(()).unwrap();
}

/// The handler answers when all that is over, in the turn in which the message was read.
async fn ends_in_order(
    url: String,
    came: mpsc::Sender<()>,
    gone: mpsc::Receiver<()>,
    spent: usize,
) {
    let option = ConnectSocketOption::new(url);
    let task = connect_with(&NativeConnector::new(), option).await.unwrap();
    let weak = Arc::downgrade(&task);
    task.on_message(move |_| {
        came.send(()).unwrap();
        gone.recv().unwrap();
        spend(spent);
        let task: Arc<dyn SocketTask> = weak.upgrade().unwrap();
        drop(task.send("a write that fails"));
    });
    task.on_error(move |event| panic!("{spent} spent: {}", event.error));
    task.opened().await.unwrap();
    drop(task.send("job?"));
    let end = task.closed().await;
    let told = (end.code, end.reason.as_str(), end.cause);
    let expected = (1011, "overloaded", CloseCause::Remote);
    assert_eq!(told, expected, "{spent} spent");
}

fn run(server: &Runtime, client: &Runtime, spent: usize) {
    let listener = server.block_on(TcpListener::bind("127.0.0.1:0")).unwrap();
    let url = url(&listener);
    let ((came, comes), (gone, goes)) = (mpsc::channel(), mpsc::channel());
    let served = server.spawn(overloaded(listener, comes, gone));
    client.block_on(within(ends_in_order(url, came, goes, spent)));
    server.block_on(served).unwrap();
}

/// Where the driver looks before tokio has heard of the bytes.
#[test]
fn they_are_found_before_tokio_has_told_them() {
    let server = Runtime::new().unwrap();
    let mut builder = tokio::runtime::Builder::new_current_thread();
    run(&server, &builder.enable_all().build().unwrap(), 0);
}

/// Where nothing more may be done in this turn.
#[test]
fn they_are_found_though_the_budget_is_used_up() {
    let (server, client) = (Runtime::new().unwrap(), Runtime::new().unwrap());
    for spent in 0..BUDGET {
        run(&server, &client, spent);
    }
}
