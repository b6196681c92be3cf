//! Who keeps whom alive.

use std::sync::{Arc, Weak};

use taro_socket_api::{Acceptance, CloseCause, CloseEvent, Limits, SocketTask};

use crate::support::{Rig, now};

fn end(rig: &Rig) {
    rig.emitter
        .closed(CloseEvent::clean(Some(1000), "", CloseCause::Remote));
}

fn weak_of(rig: &Rig) -> Weak<dyn SocketTask> {
    Arc::downgrade(&rig.task)
}

#[test]
fn handlers_that_hold_their_task_are_dropped_at_the_end() {
    let rig = Rig::open(Limits::default(), Acceptance::Queued);
    let weak = weak_of(&rig);
    for register in [
        |task: &Arc<dyn SocketTask>, held: Arc<dyn SocketTask>| {
            task.on_open(move |_| drop(Arc::clone(&held)))
        },
        |task: &Arc<dyn SocketTask>, held: Arc<dyn SocketTask>| {
            task.on_message(move |_| drop(Arc::clone(&held)))
        },
        |task: &Arc<dyn SocketTask>, held: Arc<dyn SocketTask>| {
            task.on_error(move |_| drop(Arc::clone(&held)))
        },
        |task: &Arc<dyn SocketTask>, held: Arc<dyn SocketTask>| {
            task.on_close(move |_| drop(Arc::clone(&held)))
        },
    ] {
        register(&rig.task, Arc::clone(&rig.task));
    }
    assert_eq!(weak.strong_count(), 5);
    end(&rig);
    assert_eq!(weak.strong_count(), 1);
}

#[test]
fn a_handler_registered_after_the_end_is_not_kept() {
    let rig = Rig::open(Limits::default(), Acceptance::Queued);
    end(&rig);
    let held = Arc::clone(&rig.task);
    rig.task.on_message(move |_| drop(Arc::clone(&held)));
    assert_eq!(weak_of(&rig).strong_count(), 1);
}

#[test]
fn a_detached_task_lives_until_the_end() {
    let Rig { task, emitter, .. } = Rig::open(Limits::default(), Acceptance::Queued);
    let weak = Arc::downgrade(&task);
    task.detach();
    assert_eq!(weak.strong_count(), 1);
    emitter.closed(CloseEvent::clean(Some(1000), "", CloseCause::Remote));
    assert_eq!(weak.strong_count(), 0);
}

#[test]
fn detaching_after_the_end_keeps_nothing() {
    let rig = Rig::open(Limits::default(), Acceptance::Queued);
    end(&rig);
    let weak = weak_of(&rig);
    rig.task.detach();
    assert_eq!(weak.strong_count(), 0);
}

#[test]
fn futures_and_streams_do_not_keep_the_task() {
    let Rig { task, emitter, .. } = Rig::open(Limits::default(), Acceptance::Queued);
    let (closed, mut events) = (task.closed(), task.events());
    let weak = Arc::downgrade(&task);
    drop(task);
    assert_eq!(weak.strong_count(), 0);
    emitter.closed(CloseEvent::clean(Some(4000), "", CloseCause::Remote));
    assert_eq!(now(closed).code, 4000);
    assert!(now(events.next()).is_some());
}
