//! Tests of whole connections.

use std::{
    future::Future,
    sync::{Arc, Mutex},
    time::Duration,
};

use taro_socket_api::{
    Capability, CapabilitySet, CloseCause, CloseEvent, CloseFrame, ConnectSocketOption, Error,
    ErrorKind, Limits, Message, OpenEvent, ReadyState, Result, SendOption, SocketEvent, SocketTask,
    connect_with,
};

use crate::{
    Answer, Fault, Frame, MockConnector, MockError, PeerEvent, PeerSocket, Script, VirtualClock,
    pair, pair_with,
};

mod connecting;
mod ending;
mod messages;
mod pairs;

const SECOND: Duration = Duration::from_secs(1);

fn option() -> ConnectSocketOption {
    ConnectSocketOption::new("ws://peer.test/chat")
}

fn run<T>(mock: &MockConnector, test: impl Future<Output = Result<T>>) -> T {
    let finished = mock.clock().block_on(test).expect("no deadlock");
    finished.expect("no error")
}

/// An open task before a peer with this script behind `open`.
fn open(mock: &MockConnector, script: impl FnOnce(Script) -> Script) -> Arc<dyn SocketTask> {
    open_with(mock, option(), script)
}

fn open_with(
    mock: &MockConnector,
    option: ConnectSocketOption,
    script: impl FnOnce(Script) -> Script,
) -> Arc<dyn SocketTask> {
    mock.script(|start| script(start.open()));
    run(mock, async {
        let task = connect_with(mock, option).await?;
        task.opened().await?;
        Ok(task)
    })
}

fn limits(change: impl FnOnce(&mut Limits)) -> Limits {
    let mut limits = Limits::default();
    change(&mut limits);
    limits
}

fn requested(mut close: CloseEvent) -> CloseEvent {
    close.requested = true;
    close
}

fn close_of(mock: &MockConnector, task: &Arc<dyn SocketTask>) -> CloseEvent {
    run(mock, async { Ok(task.closed().await) })
}

#[test]
fn a_fault_changes_what_it_says() {
    let mock = MockConnector::new().with_fault(Fault::Reports1006);
    let task = open(&mock, |script| script.close_with(4001, "bye"));
    assert_eq!(close_of(&mock, &task).code, 1006);
}

#[test]
fn drive_runs_connections_on_another_executor() {
    let mock = MockConnector::new();
    mock.script(|script| script.open().echo(1));
    // The outer clock stands for another runtime.
    let outer = VirtualClock::new();
    outer.spawn(mock.clock().drive());
    outer
        .block_on(async {
            let task = connect_with(&mock, option()).await?;
            task.opened().await?;
            let mut events = task.events();
            task.send("x").await?;
            events.next().await;
            assert!(matches!(events.next().await, Some(SocketEvent::Message(_))));
            Ok::<(), Error>(())
        })
        .unwrap()
        .unwrap();
}
