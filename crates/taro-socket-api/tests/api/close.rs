//! Closing: before, while and after open.

use taro_socket_api::{
    Acceptance, CloseCause, CloseEvent, CloseFrame, CloseOption, ErrorKind, Limits, OpenEvent,
    ReadyState,
};

use crate::support::{Asked, Log, Rig, now, transport_error};

#[test]
fn a_task_closed_while_connecting_never_opens_and_has_no_error() {
    let rig = Rig::connecting();
    let log = Log::new();
    let (open, error, close) = (log.clone(), log.clone(), log.clone());
    rig.task.on_open(move |_| open.push("open".to_owned()));
    rig.task.on_error(move |_| error.push("error".to_owned()));
    rig.task
        .on_close(move |event| close.push(format!("close {}", event.code)));
    drop(rig.task.close(CloseFrame::default()));
    assert_eq!(rig.task.ready_state(), ReadyState::Closing);
    rig.emitter.opened(OpenEvent::default());
    rig.emitter.failed(transport_error());
    rig.emitter.closed(CloseEvent::abnormal(CloseCause::Local));
    assert_eq!(log.take(), ["close 1006"]);
    assert_eq!(
        now(rig.task.opened()).unwrap_err().kind(),
        ErrorKind::Aborted
    );
}

#[test]
fn messages_after_close_was_asked_for_are_dropped() {
    let rig = Rig::open(Limits::default(), Acceptance::Queued);
    let log = Log::new();
    let messages = log.clone();
    rig.task.on_message(move |_| messages.push(()));
    drop(rig.task.close(CloseFrame::default()));
    let _ = rig.emitter.message("late");
    assert!(log.take().is_empty());
}

#[test]
fn the_adapter_is_asked_once_and_every_close_resolves() {
    let rig = Rig::open(Limits::default(), Acceptance::Queued);
    let first = rig.task.close(CloseFrame::new(4000, "first").unwrap());
    now(rig.task.close(CloseFrame::new(4001, "second").unwrap())).unwrap();
    let mut asked = rig.take_asked();
    match (asked.pop(), asked.pop()) {
        (Some(Asked::Close(frame, done)), None) => {
            assert_eq!(frame.code(), 4000);
            done.succeed();
        }
        other => panic!("one close was asked for, got {other:?}"),
    }
    now(first).unwrap();
    rig.emitter
        .closed(CloseEvent::clean(Some(4000), "first", CloseCause::Local));
    now(rig.task.close(CloseFrame::default())).expect("closed already");
}

#[test]
fn only_the_first_end_counts() {
    let rig = Rig::open(Limits::default(), Acceptance::Queued);
    let end = CloseEvent::clean(None, "", CloseCause::Remote);
    assert_eq!((end.code, end.was_clean), (1005, true));
    rig.emitter.closed(end.clone());
    rig.emitter
        .closed(CloseEvent::abnormal(CloseCause::Transport));
    rig.emitter.failed(transport_error());
    rig.emitter.opened(OpenEvent::default());
    assert_eq!(now(rig.task.closed()), end);
    assert_eq!(rig.task.ready_state(), ReadyState::Closed);
    let log = Log::new();
    let errors = log.clone();
    rig.task.on_error(move |_| errors.push(()));
    assert!(log.take().is_empty(), "an error after the end is not told");
}

#[test]
fn the_first_error_stands() {
    let rig = Rig::connecting();
    rig.emitter.failed(transport_error());
    rig.emitter
        .failed(taro_socket_api::Error::new(ErrorKind::Tls, "second"));
    assert_eq!(rig.task.ready_state(), ReadyState::Closing);
    assert!(rig.emitter.ready_state() < ReadyState::Closed);
    rig.emitter
        .closed(CloseEvent::abnormal(CloseCause::Transport));
    assert_eq!(
        now(rig.task.opened()).unwrap_err().kind(),
        ErrorKind::Transport
    );
}

#[test]
fn whatever_the_host_says_what_was_given_up_ends_by_this_side() {
    let says = [
        CloseEvent::clean(Some(1000), "bye", CloseCause::Remote),
        CloseEvent::abnormal(CloseCause::Timeout),
    ];
    for said in says {
        let rig = Rig::connecting();
        drop(rig.task.close(CloseFrame::default()));
        rig.emitter.failed(transport_error());
        assert!(!rig.emitter.opened(OpenEvent::default()));
        rig.emitter.closed(said);
        let end = now(rig.task.closed());
        assert_eq!((end.code, &*end.reason), (1006, ""));
        assert_eq!((end.cause, end.requested), (CloseCause::Local, true));
        assert_eq!(
            now(rig.task.opened()).unwrap_err().kind(),
            ErrorKind::Aborted
        );
    }
}

#[test]
fn whoever_asks_between_error_and_close_has_asked() {
    let ways: [fn(&Rig); 3] = [
        |rig| drop(rig.task.close(CloseFrame::default())),
        |rig| rig.task.abort(),
        |rig| rig.task.close_with(CloseOption::new()),
    ];
    for rig in [Rig::connecting, || {
        Rig::open(Limits::default(), Acceptance::Queued)
    }] {
        for ask in ways {
            let rig = rig();
            rig.emitter.failed(transport_error());
            ask(&rig);
            rig.emitter
                .closed(CloseEvent::abnormal(CloseCause::Transport));
            let end = now(rig.task.closed());
            assert_eq!((end.requested, end.cause), (true, CloseCause::Transport));
        }
    }
}

#[test]
fn an_emitter_that_is_given_up_ends_the_task() {
    let rig = Rig::open(Limits::default(), Acceptance::Queued);
    let log = Log::new();
    let (error, close) = (log.clone(), log.clone());
    rig.task
        .on_error(move |event| error.push(format!("{:?}", event.error.kind())));
    rig.task
        .on_close(move |event| close.push(format!("{} {:?}", event.code, event.cause)));
    drop(rig.emitter);
    assert_eq!(log.take(), ["Aborted", "1006 Transport"]);
}
