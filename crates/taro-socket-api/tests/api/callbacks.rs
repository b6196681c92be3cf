//! Taro's `success`, `fail` and `complete` of sends and closes: exactly one report.

use std::sync::{Arc, Weak};

use taro_socket_api::{
    Acceptance, CloseCause, CloseEvent, CloseOption, Error, ErrorKind, Limits, SendOption,
    SocketTask,
};

use crate::support::{Asked, Log, Rig, limits, now, transport_error};

fn send_option(log: &Log<String>) -> SendOption {
    let (success, fail, complete) = (log.clone(), log.clone(), log.clone());
    SendOption::new("hello")
        .success(move |result| success.push(format!("success {}", result.err_msg())))
        .fail(move |error| fail.push(format!("fail {:?}", error.kind())))
        .complete(move |result| {
            complete.push(format!(
                "complete {}",
                result.error().map_or("ok", |_| "error")
            ))
        })
}

fn close_option(log: &Log<String>) -> CloseOption {
    let (success, fail, complete) = (log.clone(), log.clone(), log.clone());
    CloseOption::new()
        .success(move |result| success.push(format!("success {}", result.err_msg())))
        .fail(move |error| fail.push(format!("fail {}", error.err_msg())))
        .complete(move |_| complete.push("complete".to_owned()))
}

/// One open task whose send was asked for, and what its callbacks say.
fn sent() -> (Rig, Log<String>, taro_socket_api::Completion) {
    let rig = Rig::open(Limits::default(), Acceptance::Queued);
    let log = Log::new();
    rig.task.send_with(send_option(&log));
    match rig.take_asked().pop() {
        Some(Asked::Send(message, done)) => {
            assert_eq!(message.as_text(), Some("hello"));
            assert!(!done.is_none());
            assert_eq!(log.take(), [""; 0], "nothing is told before the report");
            (rig, log, done)
        }
        other => panic!("a send was asked for, got {other:?}"),
    }
}

#[test]
fn success_then_complete() {
    let (_rig, log, done) = sent();
    done.succeed();
    assert_eq!(log.take(), ["success sendSocketMessage:ok", "complete ok"]);
}

#[test]
fn fail_then_complete() {
    let (_rig, log, done) = sent();
    done.fail(Error::new(ErrorKind::Transport, "reset"));
    assert_eq!(log.take(), ["fail Transport", "complete error"]);
}

#[test]
fn a_dropped_report_is_told_as_aborted() {
    let (_rig, log, done) = sent();
    drop(done);
    assert_eq!(log.take(), ["fail Aborted", "complete error"]);
}

#[test]
fn a_panic_in_fail_does_not_keep_complete_from_being_called() {
    let rig = Rig::connecting();
    let log = Log::new();
    let option = send_option(&log).fail(|_| panic!("expected by the test"));
    rig.task.send_with(option);
    assert_eq!(log.take(), ["complete error"]);
}

#[test]
fn a_send_that_is_refused_fails_at_once() {
    let rig = Rig::connecting();
    let log = Log::new();
    rig.task.send_with(send_option(&log));
    assert_eq!(log.take(), ["fail InvalidState", "complete error"]);
    rig.emitter
        .closed(CloseEvent::clean(Some(1000), "", CloseCause::Remote));
    rig.task.send_with(send_option(&log));
    assert_eq!(log.take(), ["fail InvalidState", "complete error"]);
    assert!(rig.take_asked().is_empty(), "the adapter is not asked");
}

#[test]
fn without_callbacks_nobody_listens() {
    let rig = Rig::open(Limits::default(), Acceptance::Queued);
    rig.task.send_with(SendOption::new("x"));
    assert!(matches!(&rig.take_asked()[..], [Asked::Send(_, done)] if done.is_none()));
}

#[test]
fn a_close_is_told_once_and_a_second_one_succeeds() {
    let rig = Rig::open(Limits::default(), Acceptance::Queued);
    let log = Log::new();
    rig.task
        .close_with(close_option(&log).code(4001).reason("bye"));
    match rig.take_asked().pop() {
        Some(Asked::Close(frame, done)) => {
            assert_eq!((frame.code(), frame.reason()), (4001, "bye"));
            done.succeed();
        }
        other => panic!("a close was asked for, got {other:?}"),
    }
    assert_eq!(log.take(), ["success closeSocket:ok", "complete"]);
    rig.task.close_with(close_option(&log));
    assert_eq!(log.take(), ["success closeSocket:ok", "complete"]);
    assert!(rig.take_asked().is_empty(), "the adapter is asked once");
}

#[test]
fn a_close_that_is_refused_leaves_the_task_as_it_was() {
    let rig = Rig::open(Limits::default(), Acceptance::Queued);
    let log = Log::new();
    rig.task.close_with(close_option(&log).code(1005));
    let told = log.take();
    assert_eq!(told.len(), 2, "{told:?}");
    assert!(
        told[0].starts_with("fail closeSocket:fail close code 1005"),
        "{told:?}"
    );
    rig.task.send_with(send_option(&log));
    assert_eq!(rig.take_asked().len(), 1, "still open");
}

#[test]
fn a_callback_may_use_the_task() {
    let rig = Rig::open(Limits::default(), Acceptance::Queued);
    let task = Arc::clone(&rig.task);
    rig.task
        .send_with(SendOption::new("first").complete(move |_| {
            task.send_with(SendOption::new("second"));
            task.close_with(CloseOption::new());
        }));
    match rig.take_asked().pop() {
        Some(Asked::Send(_, done)) => done.succeed(),
        other => panic!("a send was asked for, got {other:?}"),
    }
    assert!(matches!(
        &rig.take_asked()[..],
        [Asked::Send(..), Asked::Close(..)]
    ));
}

/// Sends again whenever it is told that a send was refused, while the state is Open.
fn send_again(task: &Weak<dyn SocketTask>, left: u32, log: &Log<u32>) {
    let Some(live) = task.upgrade() else { return };
    let (task, log) = (Weak::clone(task), log.clone());
    live.send_with(SendOption::new(vec![0; 9]).fail(move |error| {
        assert_eq!(error.kind(), ErrorKind::LimitExceeded);
        match left {
            0 => log.push(left),
            _ => send_again(&task, left - 1, &log),
        }
    }));
}

/// A chain of 100,000 would overflow the stack if each were told within the one before.
#[test]
fn a_callback_that_causes_another_is_not_called_within_it() {
    let small = limits(|limits| limits.max_queued_bytes = 8);
    let rig = Rig::open(small, Acceptance::Queued);
    let log = Log::new();
    send_again(&Arc::downgrade(&rig.task), 100_000, &log);
    assert_eq!(log.take(), [0]);
}

/// What an end gives up is told before it, also where the end is caused within a callback.
#[test]
fn reports_come_before_the_end_that_gave_them_up() {
    let Rig {
        task,
        emitter,
        asked,
    } = Rig::open(Limits::default(), Acceptance::Queued);
    let log = Log::new();
    let (told, aborted, close) = (log.clone(), log.clone(), log.clone());
    task.on_close(move |event| close.push(format!("close {}", event.code)));
    let rest = Arc::clone(&asked);
    task.send_with(SendOption::new("1").success(move |_| {
        told.push("success".to_owned());
        let unsent = std::mem::take(&mut *rest.lock().unwrap());
        emitter.closed_after(CloseEvent::abnormal(CloseCause::Transport), unsent);
        told.push("ended".to_owned());
    }));
    let second = SendOption::new("2");
    task.send_with(second.fail(move |error| aborted.push(format!("{:?}", error.kind()))));
    let first = asked.lock().unwrap().remove(0);
    let Asked::Send(_, done) = first else {
        panic!("a send was asked for");
    };
    done.succeed();
    assert_eq!(log.take(), ["success", "ended", "Aborted", "close 1006"]);
}

struct PanicsWhenDropped;

impl Drop for PanicsWhenDropped {
    fn drop(&mut self) {
        panic!("dropped");
    }
}

/// Neither what a handler throws nor what a callback holds that is never called can stop what is told after it.
#[test]
fn whatever_panics_the_end_is_told() {
    let rig = Rig::open(Limits::default(), Acceptance::Queued);
    let log = Log::new();
    let close = log.clone();
    rig.task
        .on_error(|_| std::panic::panic_any(PanicsWhenDropped));
    rig.task.on_close(move |event| close.push(event.code));
    let held = PanicsWhenDropped;
    let unused = SendOption::new("x").fail(move |_| drop(held));
    rig.task.send_with(unused);
    let Some(Asked::Send(_, done)) = rig.take_asked().pop() else {
        panic!("a send was asked for");
    };
    done.succeed();
    rig.emitter.failed(transport_error());
    rig.emitter
        .closed(CloseEvent::abnormal(CloseCause::Transport));
    assert_eq!(log.take(), [1006]);
    assert_eq!(now(rig.task.closed()).code, 1006);
}
