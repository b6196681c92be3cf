//! Taro's `success`, `fail` and `complete` of sends and closes: exactly one report.

use taro_socket_api::{Acceptance, CloseEvent, CloseOption, Error, ErrorKind, Limits, SendOption};

use crate::support::{Asked, Log, Rig};

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
    rig.emitter.closed(CloseEvent::clean(
        Some(1000),
        "",
        taro_socket_api::CloseCause::Remote,
    ));
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
    let task = std::sync::Arc::clone(&rig.task);
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
