//! Bounds of what waits for consumers, and who wakes whom.

use std::{
    sync::Arc,
    task::{Context, Poll},
};

use taro_socket_api::{
    Acceptance, CloseCause, CloseEvent, CloseFrame, Emitter, EventStream, Flow, Limits, SocketEvent,
};

use crate::support::{Rig, WakeCount, limits, now};

/// At most four bytes or three messages may wait.
fn small() -> Rig {
    Rig::open(small_limits(), Acceptance::Queued)
}

fn small_limits() -> Limits {
    limits(|limits| {
        limits.max_buffered_bytes = 4;
        limits.max_buffered_messages = 3;
    })
}

fn poll_ready(emitter: &Emitter) -> (Poll<()>, Arc<WakeCount>) {
    let (count, waker) = WakeCount::new();
    (emitter.poll_ready(&Context::from_waker(&waker)), count)
}

/// Fills a stream until it pauses, and waits; tells how often the driver is woken.
fn waiting(rig: &Rig) -> (EventStream, Arc<WakeCount>) {
    let stream = rig.task.events();
    while rig.emitter.message("12") == Flow::Continue {}
    let (ready, woken) = poll_ready(&rig.emitter);
    assert!(ready.is_pending());
    (stream, woken)
}

#[test]
fn bounds_are_inclusive() {
    let rig = small();
    assert_eq!(
        rig.emitter.message("1234"),
        Flow::Continue,
        "4 bytes may wait"
    );
    assert_eq!(
        rig.emitter.message("5"),
        Flow::Overflow,
        "5 may not, and nobody consumes them"
    );
    let rig = small();
    for _ in 0..3 {
        assert_eq!(
            rig.emitter.message(""),
            Flow::Continue,
            "3 messages may wait"
        );
    }
    assert_eq!(rig.emitter.message(""), Flow::Overflow);
    let rig = small();
    let mut stream = rig.task.events();
    assert!(matches!(now(stream.next()), Some(SocketEvent::Open(_))));
    assert_eq!(rig.emitter.message("1234"), Flow::Continue);
    assert_eq!(rig.emitter.message("5"), Flow::Pause, "somebody is behind");
    assert!(poll_ready(&rig.emitter).0.is_pending());
}

#[test]
fn nobody_is_not_waited_for() {
    let rig = small();
    while rig.emitter.message("12") == Flow::Continue {}
    assert!(poll_ready(&rig.emitter).0.is_ready());
    assert_eq!(rig.emitter.message(""), Flow::Overflow);
    assert_eq!(
        rig.emitter.batch().message(""),
        Flow::Continue,
        "not looked at yet"
    );
    let mut batch = rig.emitter.batch();
    let _ = batch.message("");
    assert_eq!(batch.finish(), Flow::Overflow);
}

/// What a message was answered may be out of date when it is acted on.
#[test]
fn the_flow_is_told_as_things_stand_now() {
    let overflowing = || {
        let rig = small();
        while rig.emitter.message("12") == Flow::Continue {}
        assert_eq!(rig.emitter.flow(), Flow::Overflow);
        rig
    };
    let rig = overflowing();
    let stream = rig.task.events();
    assert_eq!(rig.emitter.flow(), Flow::Pause, "a stream has come");
    drop(stream);
    let rig = overflowing();
    rig.task.on_message(|_| {});
    assert_eq!(rig.emitter.flow(), Flow::Continue, "a handler took all");
    let rig = overflowing();
    rig.task.ignore_messages();
    assert_eq!(rig.emitter.flow(), Flow::Continue, "they are not wanted");
    let rig = overflowing();
    drop(rig.task.close(CloseFrame::default()));
    assert_eq!(rig.emitter.flow(), Flow::Continue, "they are dropped");
}

#[test]
fn ignored_messages_are_dropped_until_somebody_wants_them() {
    let rig = small();
    let _ = rig.emitter.message("before");
    rig.task.ignore_messages();
    for _ in 0..100 {
        assert_eq!(rig.emitter.message("12345"), Flow::Continue);
        let mut batch = rig.emitter.batch();
        let _ = batch.message("12345");
        assert_eq!(batch.finish(), Flow::Continue);
    }
    let mut stream = rig.task.events();
    assert!(matches!(now(stream.next()), Some(SocketEvent::Open(_))));
    let _ = rig.emitter.message("wanted");
    assert!(
        matches!(now(stream.next()), Some(SocketEvent::Message(event)) if event.data.as_text() == Some("wanted"))
    );
}

#[test]
fn a_handler_that_closes_on_the_last_message_that_may_wait_is_not_behind() {
    for batched in [false, true] {
        let rig = Rig::open(
            limits(|limits| limits.max_buffered_messages = 1),
            Acceptance::Queued,
        );
        let _stream = rig.task.events();
        let task = Arc::downgrade(&rig.task);
        rig.task
            .on_message(move |_| drop(task.upgrade().unwrap().close(CloseFrame::default())));
        let flow = if batched {
            let mut batch = rig.emitter.batch();
            let _ = batch.message("last");
            batch.finish()
        } else {
            rig.emitter.message("last")
        };
        assert_eq!(flow, Flow::Continue, "what comes after a close is dropped");
    }
}

#[test]
fn a_batch_tells_to_pause_at_its_end() {
    let rig = small();
    let _stream = rig.task.events();
    let mut batch = rig.emitter.batch();
    for _ in 0..4 {
        let _ = batch.message("12");
    }
    assert_eq!(batch.finish(), Flow::Pause);
}

#[test]
fn a_large_message_makes_a_batch_look_at_once() {
    let rig = small();
    let _stream = rig.task.events();
    let mut batch = rig.emitter.batch();
    assert_eq!(batch.message(vec![0; 4096]), Flow::Pause);
    assert_eq!(batch.finish(), Flow::Pause, "still");
}

#[test]
fn a_batch_holds_back_at_most_256_messages() {
    let rig = small();
    let mut batch = rig.emitter.batch();
    let held_back = (0..10_000)
        .take_while(|_| batch.message("") == Flow::Continue)
        .count();
    assert!(held_back < 256, "{held_back}");
}

#[test]
fn a_handler_never_pauses() {
    let rig = small();
    rig.task.on_message(drop);
    for _ in 0..100 {
        assert_eq!(rig.emitter.message("12345"), Flow::Continue);
    }
    assert!(poll_ready(&rig.emitter).0.is_ready());
}

#[test]
fn reading_a_stream_wakes_the_driver() {
    let rig = small();
    let (mut stream, woken) = waiting(&rig);
    assert!(matches!(now(stream.next()), Some(SocketEvent::Open(_))));
    assert!(woken.get() >= 1);
    assert!(poll_ready(&rig.emitter).0.is_ready());
}

#[test]
fn dropping_the_stream_that_is_behind_wakes_the_driver() {
    let rig = small();
    let (stream, woken) = waiting(&rig);
    drop(stream);
    assert_eq!(woken.get(), 1);
    assert!(poll_ready(&rig.emitter).0.is_ready());
}

#[test]
fn closing_wakes_the_driver() {
    let rig = small();
    let (_stream, woken) = waiting(&rig);
    drop(rig.task.close(CloseFrame::default()));
    assert_eq!(woken.get(), 1);
    assert!(
        poll_ready(&rig.emitter).0.is_ready(),
        "what comes now is dropped"
    );
    let rig = small();
    let (_stream, woken) = waiting(&rig);
    rig.emitter
        .closed(CloseEvent::abnormal(CloseCause::Transport));
    assert_eq!(woken.get(), 1);
}

#[test]
fn the_last_waker_counts() {
    let rig = small();
    let (mut stream, first) = waiting(&rig);
    let (ready, second) = poll_ready(&rig.emitter);
    assert!(ready.is_pending());
    assert!(now(stream.next()).is_some());
    assert_eq!((first.get(), second.get()), (0, 1));
}
