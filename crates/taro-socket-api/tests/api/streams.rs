//! `events()`: what a stream starts with, what it gets, how it ends.

use futures::StreamExt;
use taro_socket_api::{Acceptance, CloseCause, CloseEvent, EventStream, Limits, SocketEvent};

use crate::support::{Log, Rig, poll_once, transport_error};

/// What waits in a stream, and whether it has ended.
fn drain(stream: &mut EventStream) -> (Vec<String>, bool) {
    let mut seen = Vec::new();
    loop {
        match poll_once(stream.next()) {
            std::task::Poll::Pending => return (seen, false),
            std::task::Poll::Ready(None) => return (seen, true),
            std::task::Poll::Ready(Some(event)) => seen.push(name(&event)),
        }
    }
}

fn name(event: &SocketEvent) -> String {
    match event {
        SocketEvent::Open(_) => "open".to_owned(),
        SocketEvent::Message(message) => message.data.as_text().unwrap_or("?").to_owned(),
        SocketEvent::Error(_) => "error".to_owned(),
        SocketEvent::Close(close) => close.code.to_string(),
    }
}

fn open_rig() -> Rig {
    Rig::open(Limits::default(), Acceptance::Queued)
}

fn names(names: &[&str]) -> Vec<String> {
    names.iter().map(ToString::to_string).collect()
}

#[test]
fn the_first_stream_gets_what_nobody_has_consumed() {
    let rig = open_rig();
    let _ = rig.emitter.message("a");
    let (mut first, mut second) = (rig.task.events(), rig.task.events());
    let _ = rig.emitter.message("b");
    rig.emitter.failed(transport_error());
    rig.emitter
        .closed(CloseEvent::abnormal(CloseCause::Transport));
    assert_eq!(
        drain(&mut first),
        (names(&["open", "a", "b", "error", "1006"]), true)
    );
    assert_eq!(
        drain(&mut second),
        (names(&["open", "b", "error", "1006"]), true)
    );
    let mut late = rig.task.events();
    assert_eq!(drain(&mut late), (names(&["open", "error", "1006"]), true));
}

#[test]
fn a_stream_after_the_end_gets_what_was_left() {
    let rig = open_rig();
    let _ = rig.emitter.message("a");
    rig.emitter
        .closed(CloseEvent::clean(Some(1000), "", CloseCause::Remote));
    assert_eq!(
        drain(&mut rig.task.events()),
        (names(&["open", "a", "1000"]), true)
    );
}

#[test]
fn handler_and_streams_get_the_same_messages() {
    let rig = open_rig();
    let log = Log::new();
    let seen = log.clone();
    rig.task
        .on_message(move |event| seen.push(event.data.as_text().unwrap().to_owned()));
    let mut stream = rig.task.events();
    let mut batch = rig.emitter.batch();
    for text in ["a", "b", "c"] {
        let _ = batch.message(text);
    }
    let _ = batch.finish();
    assert_eq!(log.take(), ["a", "b", "c"]);
    assert_eq!(drain(&mut stream).0, names(&["open", "a", "b", "c"]));
}

#[test]
fn a_stream_taken_while_a_batch_is_under_way_misses_nothing() {
    let rig = open_rig();
    let mut batch = rig.emitter.batch();
    let _ = batch.message("a");
    let mut stream = rig.task.events();
    let _ = batch.message("b");
    let _ = batch.finish();
    assert_eq!(drain(&mut stream).0, names(&["open", "a", "b"]));
}

#[test]
fn a_handler_registered_while_a_batch_is_under_way_misses_nothing() {
    let rig = open_rig();
    let log = Log::new();
    let mut batch = rig.emitter.batch();
    let _ = batch.message("a");
    let seen = log.clone();
    rig.task
        .on_message(move |event| seen.push(event.data.as_text().unwrap().to_owned()));
    let _ = batch.message("b");
    let _ = batch.finish();
    assert_eq!(log.take(), ["a", "b"]);
}

#[test]
fn nothing_follows_the_close_in_a_stream() {
    let rig = open_rig();
    let mut stream = rig.task.events();
    let mut batch = rig.emitter.batch();
    let _ = batch.message("staged while another thread ends the connection");
    rig.emitter
        .closed(CloseEvent::abnormal(CloseCause::Transport));
    let _ = batch.finish();
    let (seen, ended) = drain(&mut stream);
    assert!(ended);
    assert_eq!(seen.last().map(String::as_str), Some("1006"), "{seen:?}");
}

#[test]
fn a_stream_is_a_stream() {
    let rig = open_rig();
    let stream = rig.task.events();
    let _ = rig.emitter.message("a");
    rig.emitter
        .closed(CloseEvent::clean(Some(1000), "", CloseCause::Remote));
    let all = futures::executor::block_on(stream.map(|event| name(&event)).collect::<Vec<_>>());
    assert_eq!(all, names(&["open", "a", "1000"]));
}

#[test]
fn dropping_the_future_of_next_loses_nothing() {
    let rig = open_rig();
    let mut stream = rig.task.events();
    assert_eq!(drain(&mut stream).0, names(&["open"]));
    assert!(poll_once(stream.next()).is_pending());
    let _ = rig.emitter.message("a");
    assert_eq!(drain(&mut stream).0, names(&["a"]));
}
