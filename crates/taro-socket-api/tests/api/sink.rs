//! The task as a sink, its stream as a fused stream, and what `Debug` tells.

use std::{pin::pin, task::Poll};

use futures::{FutureExt as _, SinkExt as _, StreamExt, sink::Sink, stream::FusedStream};
use taro_socket_api::{
    Acceptance, CloseCause, CloseEvent, ConnectSocketOption, ErrorKind, HandshakeResponse, Header,
    Limits, Message, OpenEvent, SendOption,
};

use crate::support::{Asked, Rig, limits, poll_once, transport_error};

#[test]
fn a_sink_waits_for_open_and_for_the_queue() {
    let rig = Rig::new(
        limits(|limits| limits.send_low_water_bytes = 3),
        Acceptance::Queued,
    );
    let mut sink = rig.task.sink();
    let mut feeding = Box::pin(sink.feed(Message::from("12")));
    assert!(poll_once(&mut feeding).is_pending(), "connecting");
    rig.emitter.opened(OpenEvent::default());
    assert!(matches!(poll_once(&mut feeding), Poll::Ready(Ok(()))));
    drop(feeding);
    assert!(matches!(
        sink.feed(Message::from("34")).now_or_never(),
        Some(Ok(()))
    ));
    let mut third = Box::pin(sink.feed(Message::from("5")));
    assert!(poll_once(&mut third).is_pending(), "more than 3 bytes wait");
    for asked in rig.take_asked() {
        if let Asked::Send(message, done) = asked {
            rig.emitter.sent(message.len() as u64, 1);
            done.succeed();
        }
    }
    assert!(matches!(poll_once(&mut third), Poll::Ready(Ok(()))));
    drop(third);
    assert_eq!(rig.take_asked().len(), 1);
    let flushed = sink.flush().now_or_never().unwrap();
    assert_eq!(
        flushed.unwrap_err().kind(),
        ErrorKind::Unsupported,
        "this task does not tell"
    );
}

#[test]
fn a_closed_sink_has_closed_the_task() {
    let rig = Rig::open(Limits::default(), Acceptance::Queued);
    let mut sink = rig.task.sink();
    let mut closing = Box::pin(sink.close());
    assert!(poll_once(&mut closing).is_pending());
    assert!(matches!(&rig.take_asked()[..], [Asked::Close(frame, _)] if frame.code() == 1000));
    rig.emitter
        .closed(CloseEvent::clean(Some(1000), "", CloseCause::Local));
    assert!(matches!(poll_once(&mut closing), Poll::Ready(Ok(()))));
    drop(closing);
    let refused = pin!(&mut sink).start_send(Message::from("late"));
    assert_eq!(refused.unwrap_err().kind(), ErrorKind::InvalidState);
}

#[test]
fn a_stream_is_terminated_once_it_has_ended() {
    let rig = Rig::open(Limits::default(), Acceptance::Queued);
    let mut stream = rig.task.events();
    rig.emitter
        .closed(CloseEvent::abnormal(CloseCause::Transport));
    assert!(!stream.is_terminated());
    let rest = StreamExt::by_ref(&mut stream).count().now_or_never();
    assert_eq!((rest, stream.is_terminated()), (Some(2), true));
}

/// A peer that is gone with what was fed.
#[test]
fn a_sink_that_lost_messages_says_so_at_its_close() {
    let rig = Rig::open(Limits::default(), Acceptance::Queued);
    let mut sink = rig.task.sink();
    assert!(sink.feed(Message::from("lost")).now_or_never().is_some());
    let mut closing = Box::pin(sink.close());
    let outcome = poll_once(&mut closing);
    assert!(
        matches!(outcome, Poll::Pending),
        "a task that cannot tell is closed behind its messages"
    );
    assert!(matches!(
        &rig.take_asked()[..],
        [Asked::Send(..), Asked::Close(..)]
    ));
    rig.emitter.failed(transport_error());
    rig.emitter
        .closed(CloseEvent::abnormal(CloseCause::Transport));
    let Poll::Ready(Err(error)) = poll_once(&mut closing) else {
        panic!("the connection has failed");
    };
    assert_eq!(error.kind(), ErrorKind::Transport);
}

#[test]
fn a_sink_of_a_refused_connection_goes_on_saying_so() {
    let rig = Rig::connecting();
    let mut sink = rig.task.sink();
    rig.emitter.failed(transport_error());
    rig.emitter
        .closed(CloseEvent::abnormal(CloseCause::Transport));
    for _ in 0..2 {
        let fed = sink.feed(Message::from("x")).now_or_never().unwrap();
        assert_eq!(fed.unwrap_err().kind(), ErrorKind::Transport);
    }
    let closed = sink.close().now_or_never().unwrap();
    assert_eq!(closed.unwrap_err().kind(), ErrorKind::Transport);
}

#[test]
fn debug_takes_no_lock_and_shows_no_payload() {
    let rig = Rig::open(Limits::default(), Acceptance::Queued);
    let stream = rig.task.events();
    let _ = rig.emitter.message("hunter2");
    let option = ConnectSocketOption::new("wss://ada:hun?ter2@h/#hunter2").protocols(["hunter2"]);
    let send = SendOption::new("hunter2");
    for shown in [
        format!("{stream:?} {:?}", rig.task),
        format!("{option:?} {send:?}"),
        format!("{:?}", ConnectSocketOption::new("wss://h/#hunter2")),
    ] {
        assert!(!shown.contains("hun"), "{shown}");
    }
    // Written within the write: it would wait for its own lock.
    struct Talks<'a>(&'a Rig);
    impl std::fmt::Write for Talks<'_> {
        fn write_str(&mut self, _: &str) -> std::fmt::Result {
            let _ = self.0.emitter.message("more");
            Ok(())
        }
    }
    let mut talks = Talks(&rig);
    std::fmt::Write::write_fmt(&mut talks, format_args!("{stream:?}{:?}", rig.task)).unwrap();
    assert!(rig.emitter.has_streams());
}

#[test]
fn what_debug_shows_holds_no_secret() {
    let option = ConnectSocketOption::new("wss://example.com/")
        .header("Authorization", "hunter2")
        .protocols(["v1", "bearer.hunter2"]);
    let header: Header = [("Set-Cookie", "hunter2")].into_iter().collect();
    let response = HandshakeResponse::new(403, header, b"hunter2".to_vec());
    let shown = format!("{option:?} {response:?}");
    assert!(
        shown.contains("Authorization") && shown.contains("Set-Cookie"),
        "{shown}"
    );
    assert!(!shown.contains("hunter2"), "{shown}");
}

#[test]
fn limits_are_built_field_by_field() {
    let built = Limits::default().max_message_bytes(7).max_fragments(8);
    let set = limits(|limits| {
        limits.max_message_bytes = 7;
        limits.max_fragments = 8;
    });
    assert_eq!(built, set);
}
