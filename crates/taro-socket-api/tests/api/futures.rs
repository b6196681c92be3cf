//! `opened` and `closed`: latched, woken, free to be dropped; wakers that run code.

use std::{
    future::Future,
    pin::Pin,
    sync::{Arc, Mutex},
    task::{Context, Wake, Waker},
};

use taro_socket_api::{
    Acceptance, CloseCause, CloseEvent, EventStream, Header, Limits, OpenEvent, SocketEvent,
};

use crate::support::{Rig, WakeCount, now, poll_once};

fn open_event() -> OpenEvent {
    let header: Header = [("Server", "test")].into_iter().collect();
    OpenEvent::new(header, Some("mqtt".to_owned()))
}

#[test]
fn opened_wakes_and_stays() {
    let rig = Rig::connecting();
    let (woken, waker) = WakeCount::new();
    let mut opened = rig.task.opened();
    let mut cx = Context::from_waker(&waker);
    assert!(Pin::new(&mut opened).poll(&mut cx).is_pending());
    assert!(Pin::new(&mut opened).poll(&mut cx).is_pending());
    assert_eq!(rig.task.protocol(), None);
    rig.emitter.opened(open_event());
    assert_eq!(woken.get(), 1);
    assert_eq!(now(opened).unwrap(), open_event());
    rig.emitter
        .closed(CloseEvent::abnormal(CloseCause::Transport));
    assert_eq!(
        now(rig.task.opened()).unwrap(),
        open_event(),
        "after the end too"
    );
    assert_eq!(rig.task.protocol().as_deref(), Some("mqtt"));
}

#[test]
fn closed_wakes_everybody_who_waits() {
    let rig = Rig::connecting();
    let mut waiting: Vec<_> = (0..3)
        .map(|_| (rig.task.closed(), WakeCount::new()))
        .collect();
    for (closed, (_, waker)) in &mut waiting {
        assert!(
            Pin::new(closed)
                .poll(&mut Context::from_waker(waker))
                .is_pending()
        );
    }
    let (dropped, (count, _)) = waiting.pop().unwrap();
    drop(dropped);
    rig.emitter.opened(open_event());
    rig.emitter
        .closed(CloseEvent::abnormal(CloseCause::Transport));
    assert_eq!(count.get(), 0, "a dropped future is not woken");
    for (closed, (count, _)) in waiting {
        assert!(count.get() >= 1);
        assert_eq!(now(closed).code, 1006);
    }
}

/// Drops what it holds when it is woken, as an executor does whose queue is gone.
#[derive(Default)]
struct DropOnWake(Mutex<Vec<Box<dyn Send>>>);

impl Wake for DropOnWake {
    fn wake(self: Arc<Self>) {
        let held = std::mem::take(&mut *self.0.lock().unwrap());
        drop(held);
    }
}

/// A waker whose wake drops a stream, a future and a task of the same connection.
fn treacherous(rig: &Rig) -> Waker {
    let held = DropOnWake::default();
    let things: [Box<dyn Send>; 3] = [
        Box::new(rig.task.events()),
        Box::new(rig.task.closed()),
        Box::new(Arc::clone(&rig.task)),
    ];
    held.0.lock().unwrap().extend(things);
    Waker::from(Arc::new(held))
}

#[test]
fn a_waker_may_drop_a_stream_of_the_same_task() {
    let rig = Rig::open(Limits::default(), Acceptance::Queued);
    let mut events: EventStream = rig.task.events();
    assert!(matches!(now(events.next()), Some(SocketEvent::Open(_))));
    let mut wait = |waker: Waker| {
        let mut next = std::pin::pin!(events.next());
        assert!(
            next.as_mut()
                .poll(&mut Context::from_waker(&waker))
                .is_pending()
        );
    };
    wait(treacherous(&rig));
    let _ = rig.emitter.message("a");
    assert!(matches!(now(events.next()), Some(SocketEvent::Message(_))));
    let mut closed = rig.task.closed();
    for waker in [treacherous(&rig), treacherous(&rig)] {
        assert!(
            Pin::new(&mut closed)
                .poll(&mut Context::from_waker(&waker))
                .is_pending()
        );
    }
    rig.emitter
        .closed(CloseEvent::abnormal(CloseCause::Transport));
    assert!(poll_once(closed).is_ready());
}
