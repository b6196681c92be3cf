//! What is told to those who ask a driver that is gone, or goes.

use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    task::{Context, Wake, Waker},
};

use futures::FutureExt;
use taro_socket_api::{
    CloseFrame, ErrorKind, Limits, Message, OpenEvent, Result, SocketTask,
    adapter::{Acceptance, Completion, Emitter, TaskCore},
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

#[derive(Default)]
struct Wakes(AtomicUsize);

impl Wake for Wakes {
    fn wake(self: Arc<Self>) {
        self.0.fetch_add(1, Ordering::Relaxed);
    }
}

#[test]
fn only_a_driver_that_waits_is_woken_and_none_sleeps_over_a_message() {
    let (sender, receiver) = queue(usize::MAX);
    let send = || sender.send(Message::from("small"), Completion::none());
    let take = || receiver.take(Some(&mut Requests::default()));
    let wakes = Arc::new(Wakes::default());
    let waker = Waker::from(Arc::clone(&wakes));
    let cx = Context::from_waker(&waker);
    let woken = || wakes.0.load(Ordering::Relaxed);

    assert!(receiver.park(&cx, true, false));
    send();
    send();
    assert_eq!(woken(), 1, "once for both");
    take();
    assert!(receiver.park(&cx, true, false));
    // Woken by something else, it takes what is there, and is awake.
    take();
    send();
    assert_eq!(woken(), 1);
    assert!(!receiver.park(&cx, true, false), "a message is there");
    assert!(receiver.park(&cx, false, false), "it cannot take messages");
    send();
    assert_eq!(woken(), 1);
    sender.close(CloseFrame::default(), Completion::none());
    assert_eq!(woken(), 2);
    assert!(!receiver.park(&cx, false, false), "a close is there");
}
