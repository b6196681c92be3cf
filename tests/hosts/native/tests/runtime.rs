//! What the runtime around the adapter does to it.

use std::sync::Arc;

use taro_socket::{ConnectSocketOption, ErrorKind, connect_with, native::NativeConnector};
use taro_socket_test_server::{Behavior, TestServer, Until};

#[test]
fn without_a_runtime_the_host_is_unavailable() {
    let server = TestServer::start_on_thread().expect("a test server");
    let option = ConnectSocketOption::new(server.ws_url(&Behavior::Echo, "none"));
    let connector = NativeConnector::new();
    let made = futures::executor::block_on(connect_with(&connector, option));
    let error = made.expect_err("there is no runtime");
    assert_eq!(error.kind(), ErrorKind::HostUnavailable);
    assert!(error.err_msg().contains("tokio"), "{error}");
    let seen =
        futures::executor::block_on(server.seen("none", Until::Now, std::time::Duration::ZERO));
    assert!(seen.requests.is_empty());
}

#[test]
fn a_runtime_that_ends_ends_its_tasks() {
    let server = TestServer::start_on_thread().expect("a test server");
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    let task = runtime.block_on(async {
        let option = ConnectSocketOption::new(server.ws_url(&Behavior::Echo, "short"));
        let task = connect_with(&NativeConnector::new(), option)
            .await
            .expect("a task");
        task.opened().await.expect("open");
        task
    });
    drop(runtime);
    // The driver is gone with its runtime; the task says so instead of waiting for ever.
    let end = futures::executor::block_on(task.closed());
    assert_eq!(end.code, 1006);
    let late = futures::executor::block_on(Arc::clone(&task).send("late"));
    assert_eq!(late.expect_err("closed").kind(), ErrorKind::InvalidState);
}
