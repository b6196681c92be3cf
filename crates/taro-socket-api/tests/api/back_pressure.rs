//! Bounds of what waits for consumers, and who wakes whom.

use std::{
    sync::Arc,
    task::{Context, Poll},
};

use taro_socket_api::{
    Acceptance, CloseCause, CloseEvent, CloseFrame, Emitter, Flow, Limits, SocketEvent,
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

/// Fills the task until it pauses, and waits; tells how often the driver is woken.
fn waiting(rig: &Rig) -> Arc<WakeCount> {
    while rig.emitter.message("12") == Flow::Continue {}
    let (ready, woken) = poll_ready(&rig.emitter);
    assert!(ready.is_pending());
    woken
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
        Flow::Pause,
        "5 may not, but are kept"
    );
    let rig = small();
    for _ in 0..3 {
        assert_eq!(
            rig.emitter.message(""),
            Flow::Continue,
            "3 messages may wait"
        );
    }
    assert_eq!(rig.emitter.message(""), Flow::Pause);
    assert!(poll_ready(&rig.emitter).0.is_pending());
}

#[test]
fn a_batch_tells_to_pause_at_its_end() {
    let rig = small();
    let mut batch = rig.emitter.batch();
    for _ in 0..4 {
        let _ = batch.message("12");
    }
    assert_eq!(batch.finish(), Flow::Pause);
}

#[test]
fn a_large_message_makes_a_batch_look_at_once() {
    let rig = small();
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
fn a_first_handler_wakes_the_driver() {
    let rig = small();
    let woken = waiting(&rig);
    rig.task.on_message(drop);
    assert!(woken.get() >= 1);
    assert!(poll_ready(&rig.emitter).0.is_ready());
}

#[test]
fn a_handler_registered_by_a_handler_wakes_the_driver_after_the_inbox_is_empty() {
    let rig = small();
    let woken = waiting(&rig);
    let (task, seen) = (Arc::downgrade(&rig.task), Arc::clone(&woken));
    rig.task.on_open(move |_| {
        let seen = Arc::clone(&seen);
        let task = task.upgrade().unwrap();
        // Before the inbox is empty, waking would be in vain.
        task.on_message(move |_| assert_eq!(seen.get(), 0));
    });
    assert_eq!(woken.get(), 1);
    assert!(poll_ready(&rig.emitter).0.is_ready());
}

#[test]
fn taking_and_reading_a_stream_wake_the_driver() {
    let rig = small();
    let woken = waiting(&rig);
    let mut stream = rig.task.events();
    assert!(woken.get() >= 1, "the buffer has moved");
    let (ready, woken) = poll_ready(&rig.emitter);
    assert!(ready.is_pending(), "to a stream that nobody reads");
    assert!(matches!(now(stream.next()), Some(SocketEvent::Open(_))));
    assert!(woken.get() >= 1);
    assert!(poll_ready(&rig.emitter).0.is_ready());
}

#[test]
fn dropping_the_stream_that_is_behind_wakes_the_driver() {
    let rig = small();
    let stream = rig.task.events();
    let woken = waiting(&rig);
    drop(stream);
    assert_eq!(woken.get(), 1);
    assert!(poll_ready(&rig.emitter).0.is_ready());
}

#[test]
fn closing_wakes_the_driver() {
    let rig = small();
    let woken = waiting(&rig);
    drop(rig.task.close(CloseFrame::default()));
    assert_eq!(woken.get(), 1);
    assert!(
        poll_ready(&rig.emitter).0.is_ready(),
        "what comes now is dropped"
    );
    let rig = small();
    let woken = waiting(&rig);
    rig.emitter
        .closed(CloseEvent::abnormal(CloseCause::Transport));
    assert_eq!(woken.get(), 1);
}

#[test]
fn the_last_waker_counts() {
    let rig = small();
    let first = waiting(&rig);
    let (ready, second) = poll_ready(&rig.emitter);
    assert!(ready.is_pending());
    rig.task.on_message(drop);
    assert_eq!((first.get(), second.get()), (0, 1));
}
