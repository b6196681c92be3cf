//! Panics in the user's code end in the call that made them.

use std::sync::mpsc;

use taro_socket::{
    CloseFrame, CloseOption, ConnectSocketOption, SendOption, connect_with, native::NativeConnector,
};
use taro_socket_test_server::{Behavior, TestServer};

/// An open task, and a server that lives as long.
async fn open() -> (TestServer, std::sync::Arc<dyn taro_socket::SocketTask>) {
    let server = TestServer::start().await.expect("a test server");
    let option = ConnectSocketOption::new(server.ws_url(&Behavior::Echo, ""));
    let task = connect_with(&NativeConnector::new(), option)
        .await
        .expect("a task");
    task.opened().await.expect("open");
    (server, task)
}

fn boom() {
    panic!("on purpose, in the user's code");
}

#[tokio::test(flavor = "multi_thread")]
async fn of_handlers() {
    let (_server, task) = open().await;
    let mut events = task.events();
    task.on_open(|_| boom());
    task.on_message(|_| boom());
    task.on_close(|_| boom());
    events.next().await.expect("open");
    for _ in 0..3 {
        task.send("goes on").await.expect("accepted");
        events.next().await.expect("the echo");
    }
    task.close(CloseFrame::default()).await.expect("accepted");
    assert_eq!(task.closed().await.code, 1000);
}

#[tokio::test(flavor = "multi_thread")]
async fn of_callbacks() {
    let (_server, task) = open().await;
    let mut events = task.events();
    events.next().await.expect("open");
    let (pen, reader) = mpsc::channel();
    let option = SendOption::new("first").success(|_| boom());
    task.send_with(option.complete(move |_| pen.send(()).unwrap_or_default()));
    events.next().await.expect("the first echo");
    task.send("second").await.expect("accepted");
    events.next().await.expect("the second echo");
    reader
        .recv()
        .expect("complete comes after a success that panics");
    task.close_with(CloseOption::new().success(|_| boom()));
    assert_eq!(task.closed().await.code, 1000);
}
