//! What is told to those who ask a driver that is gone, or goes.

use std::sync::Arc;

use futures::FutureExt;
use taro_socket_api::{
    ErrorKind, Limits, OpenEvent, Result, SocketTask,
    adapter::{Acceptance, Emitter, TaskCore},
};

use super::{Receiver, Requests, queue};
use crate::task::NativeTask;

pub(super) fn open_task() -> (Arc<dyn SocketTask>, Emitter, Receiver) {
    let (core, emitter) = TaskCore::new(Limits::default(), Acceptance::Queued);
    let (sender, receiver) = queue(usize::MAX);
    let task = Arc::new(NativeTask::new(core, sender));
    assert!(emitter.opened(OpenEvent::default()));
    (task, emitter, receiver)
}

fn now(report: impl Future<Output = Result<()>>) -> Result<(), ErrorKind> {
    let told = report.now_or_never().expect("it was told");
    told.map_err(|error| error.kind())
}

#[test]
fn behind_the_end_a_close_succeeds_and_everything_else_is_aborted() {
    let (task, emitter, receiver) = open_task();
    drop(receiver);
    assert_eq!(now(task.flush()), Err(ErrorKind::Aborted));
    // Beyond the low-water mark, so that the report decides.
    let large = vec![0; 1 << 20];
    assert_eq!(now(task.send(large)), Err(ErrorKind::Aborted));
    task.abort();
    drop(emitter);
    let (task, _emitter, receiver) = open_task();
    drop(receiver);
    assert_eq!(now(task.close(Default::default())), Ok(()));
}

#[test]
fn a_close_that_is_dropped_unread_succeeds() {
    let (task, _emitter, receiver) = open_task();
    let (flush, close) = (task.flush(), task.close(Default::default()));
    drop(receiver);
    assert_eq!(now(flush), Err(ErrorKind::Aborted));
    assert_eq!(now(close), Ok(()));
}

#[test]
fn an_abort_is_a_close_to_those_who_know_no_more() {
    let (task, _emitter, receiver) = open_task();
    task.abort();
    let asked = receiver.take(None);
    assert!(asked.aborted && asked.close);
    assert!(receiver.take_close().is_some());
    task.abort();
    let asked = receiver.take(Some(&mut Requests::default()));
    assert!(asked.aborted);
}
