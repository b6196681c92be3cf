//! In which order an end is told.

use std::{sync::Arc, thread};

use taro_socket_api::{
    Acceptance, CloseCause, CloseEvent, CloseFrame, ErrorKind, Limits, ReadyState, SendOption,
    SocketEvent,
};

use crate::{
    executor::spawn,
    support::{Log, Rig, now, poll_once, transport_error},
};

#[test]
fn sends_then_error_then_close_then_streams_and_those_who_wait() {
    let rig = Rig::open(Limits::default(), Acceptance::Reported);
    let log = Log::new();
    let failed = log.clone();
    rig.task
        .send_with(SendOption::new("x").fail(move |_| failed.push("send")));
    let failed = log.clone();
    rig.task.on_error(move |_| failed.push("on_error"));
    let (closed, task) = (log.clone(), Arc::downgrade(&rig.task));
    rig.task.on_close(move |_| {
        assert!(
            poll_once(task.upgrade().unwrap().closed()).is_pending(),
            "the task may be gone once it has resolved"
        );
        closed.push("on_close");
    });
    let (mut stream, read) = (rig.task.events(), log.clone());
    spawn(async move {
        while let Some(event) = stream.next().await {
            match event {
                SocketEvent::Error(_) => read.push("stream: error"),
                SocketEvent::Close(_) => read.push("stream: close"),
                _ => {}
            }
        }
    });
    let (end, told) = (rig.task.closed(), log.clone());
    spawn(async move {
        end.await;
        told.push("closed()");
    });
    let unsent = rig.take_asked();
    rig.emitter.failed(transport_error());
    rig.emitter
        .closed_after(CloseEvent::abnormal(CloseCause::Transport), unsent);
    assert_eq!(
        log.take(),
        [
            "send",
            "on_error",
            "on_close",
            "stream: error",
            "stream: close",
            "closed()"
        ]
    );
}

#[test]
fn a_send_that_fails_at_the_end_finds_the_task_closing() {
    let rig = Rig::open(Limits::default(), Acceptance::Reported);
    let (task, log) = (Arc::downgrade(&rig.task), Log::new());
    let told = log.clone();
    rig.task.send_with(SendOption::new("x").fail(move |error| {
        let task = task.upgrade().unwrap();
        let again = now(task.send("again")).map_err(|error| error.kind());
        told.push((error.kind(), task.ready_state(), again));
    }));
    let unsent = rig.take_asked();
    rig.emitter.closed_after(
        CloseEvent::clean(Some(1001), "", CloseCause::Remote),
        unsent,
    );
    let expected = (
        ErrorKind::Aborted,
        ReadyState::Closing,
        Err(ErrorKind::InvalidState),
    );
    assert_eq!(log.take(), [expected]);
    assert_eq!(now(rig.task.closed()).code, 1001);
}

#[test]
fn whoever_asked_for_the_end_is_told_so_however_it_came() {
    let rig = Rig::connecting();
    rig.emitter
        .closed(CloseEvent::clean(Some(1000), "", CloseCause::Remote));
    assert!(!now(rig.task.closed()).requested);
    let rig = Rig::open(Limits::default(), Acceptance::Queued);
    drop(rig.task.close(CloseFrame::default()));
    rig.emitter
        .closed(CloseEvent::abnormal(CloseCause::Timeout));
    let end = now(rig.task.closed());
    assert_eq!((end.requested, end.cause), (true, CloseCause::Timeout));
    let rig = Rig::connecting();
    rig.task.abort();
    assert_eq!(
        rig.take_asked().len(),
        1,
        "without an abort of its own it closes"
    );
    rig.task.abort();
    assert!(rig.take_asked().is_empty());
    rig.emitter.closed(CloseEvent::abnormal(CloseCause::Local));
    rig.task.abort();
    assert!(rig.take_asked().is_empty());
    assert!(now(rig.task.closed()).requested);
}

#[test]
fn those_who_wait_on_other_threads_learn_of_the_end_after_the_handler() {
    for _ in 0..200 {
        let rig = Rig::open(Limits::default(), Acceptance::Queued);
        let log = Log::new();
        let (told, waited) = (log.clone(), log.clone());
        rig.task.on_close(move |_| {
            thread::yield_now();
            told.push("on_close");
        });
        let end = rig.task.closed();
        let waiter = thread::spawn(move || {
            ::futures::executor::block_on(end);
            waited.push("closed()");
        });
        rig.emitter
            .closed(CloseEvent::abnormal(CloseCause::Transport));
        waiter.join().unwrap();
        assert_eq!(log.take(), ["on_close", "closed()"]);
    }
}
