//! Panics of the user's code. They abort the host's call, as an exception of a listener does.

use std::{cell::Cell, rc::Rc};

use taro_socket_api::{CloseCause, CloseEvent, Limits, SendOption};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::socket::open;

#[wasm_bindgen_test]
async fn a_handler_that_panics_is_gone_and_the_task_goes_on() {
    let (task, fake) = open(Limits::default()).await;
    task.on_message(|_| panic!("a fault of the application"));
    assert_ne!(fake.message("one"), "", "the host sees an exception");
    assert_eq!(fake.message("two"), "");
    let heard = Rc::new(Cell::new(0));
    let sum = Rc::clone(&heard);
    task.on_message(move |event| sum.set(sum.get() + event.data.len()));
    assert_eq!(heard.get(), 3);
    task.send("still open").await.expect("it is");
    fake.close(4001, "bye");
    assert_eq!(
        task.closed().await,
        CloseEvent::clean(Some(4001), "bye", CloseCause::Remote)
    );
}

/// What was sent within a handler that panics is on its way, and so is its timer.
#[wasm_bindgen_test]
async fn what_waits_behind_a_panic_is_reported() {
    let (task, fake) = open(Limits::default()).await;
    let weak = std::sync::Arc::downgrade(&task);
    task.on_message(move |_| {
        if let Some(task) = weak.upgrade() {
            task.send_with(SendOption::new("x"));
            panic!("a fault of the application");
        }
    });
    assert_ne!(fake.message("go"), "");
    task.send(vec![0; 200_000]).await.expect("it leaves");
    assert_eq!(task.buffered_amount(), 0);
}

/// A stack that overflows within a call of the host leaves nobody deaf.
#[wasm_bindgen_test]
async fn after_an_overflow_of_the_stack_others_are_heard() {
    fn deeper(task: &std::sync::Arc<dyn taro_socket_api::SocketTask>, most: u32) -> u32 {
        if most == 0 {
            return 0;
        }
        task.send_with(SendOption::new("x"));
        deeper(task, most - 1) + u32::from(task.buffered_amount() > 0)
    }
    for _ in 0..20 {
        let (task, fake) = open(Limits::default()).await;
        task.opened().await.expect("it opens");
        let weak = std::sync::Arc::downgrade(&task);
        task.on_message(move |_| {
            weak.upgrade().map(|task| deeper(&task, 1_000_000));
        });
        assert_ne!(fake.message("go"), "");
    }
    let (task, _fake) = open(Limits::default()).await;
    task.opened().await.expect("it opens");
}

/// Without timers a report comes at once, and one that sends again is not called within the other.
#[wasm_bindgen_test]
async fn a_chain_of_sends_without_timers_does_not_nest() {
    fn again(task: &std::sync::Arc<dyn taro_socket_api::SocketTask>, left: u32) {
        let next = std::sync::Arc::clone(task);
        task.send_with(SendOption::new("x").success(move |_| {
            if left > 0 {
                again(&next, left - 1);
            }
        }));
    }
    let (task, fake) = open(Limits::default()).await;
    crate::socket::FACE.set_timers(false);
    again(&task, 20_000);
    crate::socket::FACE.set_timers(true);
    assert_eq!(fake.sent().length(), 20_001);
}
