//! Runtimes that were shut down, before the task is made and while it connects.

use taro_socket_api::{ConnectSocketOption, ErrorKind, connect_now};
use taro_socket_native::NativeConnector;
use tokio::{net::TcpListener, runtime::Builder};

#[test]
fn in_one_that_was_shut_down_the_host_is_unavailable() {
    for mut builder in [Builder::new_current_thread(), Builder::new_multi_thread()] {
        let runtime = builder.enable_all().build().expect("a runtime");
        let handle = runtime.handle().clone();
        drop(runtime);
        let _within = handle.enter();
        let option = ConnectSocketOption::new("ws://127.0.0.1:1/");
        let error = connect_now(&NativeConnector::new(), option).map(drop);
        let error = error.expect_err("shut down");
        assert_eq!(error.kind(), ErrorKind::HostUnavailable, "{error}");
        assert!(error.reason().contains("shut down"), "{error}");
    }
}

/// Shut down while the task connects: the text says so, and what helps.
#[test]
fn a_runtime_that_ends_while_connecting_is_the_cause_told() {
    for polled in [false, true] {
        let runtime = Builder::new_current_thread().enable_all().build();
        let runtime = runtime.expect("a runtime");
        let (task, held) = runtime.block_on(async {
            let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
            let at = listener.local_addr().expect("an address");
            let option = ConnectSocketOption::new(format!("ws://{at}/"));
            let task = connect_now(&NativeConnector::new(), option).expect("a task");
            if !polled {
                return (task, None);
            }
            // The connection is asked for, and never answered.
            (task, Some(listener.accept().await.expect("a connection")))
        });
        drop(runtime);
        let other = Builder::new_current_thread().build().expect("a runtime");
        let error = other.block_on(task.opened()).expect_err("gone");
        assert_eq!(error.kind(), ErrorKind::Aborted, "{error}");
        for part in ["its runtime", "keep th"] {
            assert!(error.reason().contains(part), "{part}: {error}");
        }
        drop(held);
    }
}
