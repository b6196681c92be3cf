//! Handlers: one per event, told what is latched, free to do anything.

use std::sync::Arc;

use taro_socket_api::{
    Acceptance, CloseCause, CloseEvent, CloseFrame, Limits, OpenEvent, ReadyState,
};

use crate::support::{Log, Rig, now, transport_error};

fn open_rig() -> Rig {
    Rig::open(Limits::default(), Acceptance::Queued)
}

fn text_log(rig: &Rig, log: &Log<String>) {
    let log = log.clone();
    rig.task
        .on_message(move |event| log.push(event.data.as_text().unwrap().to_owned()));
}

#[test]
fn latched_events_are_told_to_each_new_handler() {
    let rig = open_rig();
    let log = Log::new();
    for handler in ["first", "second"] {
        let log = log.clone();
        rig.task.on_open(move |_| log.push(handler));
    }
    assert_eq!(log.take(), ["first", "second"]);
    rig.emitter.failed(transport_error());
    assert!(log.take().is_empty(), "the error is told with the close");
    rig.emitter
        .closed(CloseEvent::abnormal(CloseCause::Transport));
    for handler in ["third", "fourth"] {
        let (error, close) = (log.clone(), log.clone());
        rig.task.on_error(move |_| error.push(handler));
        rig.task.on_close(move |_| close.push(handler));
    }
    assert_eq!(log.take(), ["third", "third", "fourth", "fourth"]);
}

#[test]
fn messages_wait_for_the_first_handler_in_order() {
    let rig = open_rig();
    let log = Log::new();
    for text in ["a", "b"] {
        let _ = rig.emitter.message(text);
    }
    text_log(&rig, &log);
    let _ = rig.emitter.message("c");
    assert_eq!(log.take(), ["a", "b", "c"]);
}

#[test]
fn messages_are_told_before_an_end_that_came_before_the_handler() {
    let rig = open_rig();
    let log = Log::new();
    let _ = rig.emitter.message("a");
    rig.emitter
        .closed(CloseEvent::clean(Some(1000), "", CloseCause::Remote));
    text_log(&rig, &log);
    let close = log.clone();
    rig.task
        .on_close(move |event| close.push(event.code.to_string()));
    assert_eq!(log.take(), ["a", "1000"]);
}

#[test]
fn the_state_is_closed_in_error_and_close() {
    let rig = open_rig();
    let log = Log::new();
    let (task, error) = (Arc::clone(&rig.task), log.clone());
    rig.task.on_error(move |_| error.push(task.ready_state()));
    let (task, close) = (Arc::clone(&rig.task), log.clone());
    rig.task.on_close(move |_| close.push(task.ready_state()));
    rig.emitter.failed(transport_error());
    rig.emitter
        .closed(CloseEvent::abnormal(CloseCause::Transport));
    assert_eq!(log.take(), [ReadyState::Closed; 2]);
}

#[test]
fn a_handler_may_replace_itself_while_it_runs() {
    let rig = open_rig();
    let log = Log::new();
    let (task, first) = (Arc::downgrade(&rig.task), log.clone());
    rig.task.on_message(move |event| {
        first.push(format!("first {}", event.data.as_text().unwrap()));
        let second = first.clone();
        task.upgrade().unwrap().on_message(move |event| {
            second.push(format!("second {}", event.data.as_text().unwrap()));
        });
    });
    let mut batch = rig.emitter.batch();
    for text in ["a", "b", "c"] {
        let _ = batch.message(text);
    }
    let _ = batch.finish();
    assert_eq!(log.take(), ["first a", "second b", "second c"]);
}

#[test]
fn a_batch_stops_at_a_close_asked_for_in_a_handler() {
    let rig = open_rig();
    let log = Log::new();
    let (task, seen) = (Arc::downgrade(&rig.task), log.clone());
    rig.task.on_message(move |event| {
        seen.push(event.data.as_text().unwrap().to_owned());
        drop(task.upgrade().unwrap().close(CloseFrame::default()));
    });
    let mut batch = rig.emitter.batch();
    for text in ["a", "b"] {
        let _ = batch.message(text);
    }
    let _ = batch.finish();
    assert_eq!(log.take(), ["a"]);
}

#[test]
fn a_panic_ends_in_its_handler() {
    let rig = open_rig();
    let log = Log::new();
    let seen = log.clone();
    rig.task.on_message(move |event| {
        let text = event.data.as_text().unwrap().to_owned();
        seen.push(text.clone());
        assert_ne!(text, "a", "expected by the test");
    });
    let close = log.clone();
    rig.task.on_close(move |_| close.push("close".to_owned()));
    let mut batch = rig.emitter.batch();
    let _ = batch.message("a");
    let _ = batch.message("b");
    let _ = batch.finish();
    rig.emitter
        .closed(CloseEvent::clean(Some(1000), "", CloseCause::Remote));
    assert_eq!(log.take(), ["a", "b", "close"]);
}

struct PanicOnDrop;

impl Drop for PanicOnDrop {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            panic!("expected by the test");
        }
    }
}

#[test]
fn a_panic_of_what_a_handler_captured_breaks_nothing() {
    let rig = open_rig();
    let log = Log::new();
    let (task, seen, captured) = (Arc::downgrade(&rig.task), log.clone(), PanicOnDrop);
    rig.task.on_message(move |_| {
        let _ = &captured;
        let seen = seen.clone();
        task.upgrade()
            .unwrap()
            .on_message(move |_| seen.push("second"));
    });
    let _ = rig.emitter.message("a");
    let _ = rig.emitter.message("b");
    assert_eq!(log.take(), ["second"]);
}

#[test]
fn nothing_comes_between_error_and_close() {
    let rig = open_rig();
    let log = Log::new();
    let _ = rig.emitter.message("left over");
    let (task, error) = (Arc::downgrade(&rig.task), log.clone());
    rig.task.on_error(move |_| {
        error.push("error");
        let late = error.clone();
        task.upgrade()
            .unwrap()
            .on_message(move |_| late.push("late message"));
    });
    let close = log.clone();
    rig.task.on_close(move |_| close.push("close"));
    rig.emitter.failed(transport_error());
    rig.emitter
        .closed(CloseEvent::abnormal(CloseCause::Transport));
    assert_eq!(log.take(), ["error", "close", "late message"]);
}

#[test]
fn a_message_caused_by_a_handler_follows_in_order() {
    let rig = open_rig();
    let log = Log::new();
    let emitter = Arc::new(rig.emitter);
    let (weak, seen) = (Arc::downgrade(&emitter), log.clone());
    rig.task.on_message(move |event| {
        let text = event.data.as_text().unwrap().to_owned();
        seen.push(text.clone());
        if text == "a" {
            let _ = weak.upgrade().unwrap().message("caused");
        }
    });
    let mut events = rig.task.events();
    let mut batch = emitter.batch();
    let _ = batch.message("a");
    let _ = batch.message("b");
    let _ = batch.finish();
    assert_eq!(log.take(), ["a", "caused", "b"]);
    let streamed = std::iter::from_fn(|| now(events.next())).take(4);
    assert_eq!(streamed.count(), 4, "open and three messages");
}

#[test]
fn an_open_handler_may_register_the_message_handler() {
    let rig = Rig::connecting();
    let log = Log::new();
    let (task, seen) = (Arc::downgrade(&rig.task), log.clone());
    rig.task.on_open(move |_| {
        let seen = seen.clone();
        task.upgrade()
            .unwrap()
            .on_message(move |event| seen.push(event.data.len()));
    });
    rig.emitter.opened(OpenEvent::default());
    let _ = rig.emitter.message("abc");
    assert_eq!(log.take(), [3]);
}
