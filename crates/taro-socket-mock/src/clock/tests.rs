//! Tests of the clock.

use std::{
    future::pending,
    sync::{Arc, Mutex},
};

use super::*;

const SECOND: Duration = Duration::from_secs(1);

#[test]
fn block_on_jumps_from_timer_to_timer() {
    let clock = VirtualClock::new();
    let order = Arc::new(Mutex::new(Vec::new()));
    for seconds in [3, 1, 2] {
        let (order, wait) = (Arc::clone(&order), clock.sleep(SECOND * seconds));
        clock.spawn(async move {
            wait.await;
            order.lock().unwrap().push(seconds);
        });
    }
    clock.block_on(clock.sleep(SECOND * 2)).unwrap();
    assert_eq!(clock.now(), SECOND * 2);
    assert_eq!(
        *order.lock().unwrap(),
        [1],
        "the second of two at one time runs later"
    );
    clock.run_until_idle().unwrap();
    assert_eq!(*order.lock().unwrap(), [1, 2]);
    clock.advance(SECOND * 5).unwrap();
    assert_eq!(*order.lock().unwrap(), [1, 2, 3]);
    assert_eq!(clock.now(), SECOND * 7);
}

#[test]
fn a_future_that_nothing_can_wake_is_a_deadlock() {
    let clock = VirtualClock::new();
    clock.advance(SECOND).unwrap();
    assert_eq!(
        clock.block_on(pending::<()>()),
        Err(ClockError::Deadlock { at: SECOND })
    );
}

#[test]
fn a_dropped_timer_does_not_draw_time() {
    let clock = VirtualClock::new();
    let mut long = Box::pin(clock.sleep(SECOND * 60));
    let turn = std::future::poll_fn(|cx| {
        assert!(long.as_mut().poll(cx).is_pending());
        Poll::Ready(())
    });
    clock.block_on(turn).unwrap();
    drop(long);
    assert!(clock.block_on(pending::<()>()).is_err());
    assert_eq!(clock.now(), Duration::ZERO);
}

#[test]
fn advance_and_block_on_work_inside_a_task() {
    let clock = VirtualClock::new();
    let inside = clock.clone();
    let done = Arc::new(Mutex::new(false));
    let flag = Arc::clone(&done);
    let sleep = clock.sleep(SECOND);
    clock.spawn(async move {
        sleep.await;
        *flag.lock().unwrap() = true;
    });
    clock
        .block_on(async move {
            inside.advance(SECOND).unwrap();
            inside.block_on(inside.sleep(SECOND)).unwrap();
        })
        .unwrap();
    assert!(*done.lock().unwrap());
    assert_eq!(clock.now(), SECOND * 2);
}

#[test]
fn a_dropped_clock_drops_its_tasks() {
    let clock = VirtualClock::new();
    let held = Arc::new(());
    let (weak, sleep) = (Arc::downgrade(&held), clock.sleep(SECOND));
    clock.spawn(async move {
        sleep.await;
        drop(held);
    });
    clock.run_until_idle().unwrap();
    drop(clock);
    assert!(weak.upgrade().is_none());
}
