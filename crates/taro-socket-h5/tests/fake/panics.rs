//! Panics of the user's code. They abort the host's call, as an exception of a listener does.

use std::{cell::Cell, rc::Rc};

use taro_socket_api::{CloseCause, CloseEvent, Limits, SendOption, SocketEvent};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::socket::{open, sleep};

#[wasm_bindgen_test]
async fn a_handler_that_panics_is_gone_and_the_task_goes_on() {
    let (task, fake) = open(Limits::default()).await;
    task.on_message(|_| panic!("a fault of the application"));
    let ended = Rc::new(Cell::new(0));
    let count = Rc::clone(&ended);
    task.on_close(move |_| count.set(count.get() + 1));
    assert_ne!(fake.message("one"), "", "the browser sees an exception");

    // What comes now waits for the next handler.
    assert_eq!(fake.message("two"), "");
    let heard = Rc::new(Cell::new(0));
    let sum = Rc::clone(&heard);
    task.on_message(move |event| sum.set(sum.get() + event.data.len()));
    assert_eq!(heard.get(), 3);
    fake.message("three");
    assert_eq!(heard.get(), 8);

    task.send("still open").await.expect("it is");
    fake.close(4001, "bye");
    assert_eq!(
        task.closed().await,
        CloseEvent::clean(Some(4001), "bye", CloseCause::Remote)
    );
    assert_eq!(ended.get(), 1);
}

#[wasm_bindgen_test]
async fn a_report_that_panics_does_not_stop_the_others() {
    let (task, fake) = open(Limits::default()).await;
    let reported = Rc::new(Cell::new(false));
    let flag = Rc::clone(&reported);
    let weak = std::sync::Arc::downgrade(&task);
    task.on_message(move |event| {
        if let Some(task) = weak
            .upgrade()
            .filter(|_| event.data.as_text() == Some("go"))
        {
            task.send_with(SendOption::new("x").success(|_| panic!("a fault of the application")));
        }
    });
    assert_ne!(fake.message("go"), "");
    // The next event of the browser sets it right.
    fake.message("on");
    task.send_with(SendOption::new("y").success(move |_| flag.set(true)));
    assert!(reported.get());
}

#[wasm_bindgen_test]
async fn a_stream_survives_a_handler_that_panics() {
    let (task, fake) = open(Limits::default()).await;
    let mut events = task.events();
    task.on_message(|_| panic!("a fault of the application"));
    fake.message("one");
    fake.message("two");
    fake.close(1000, "");
    let mut count = 0;
    while let Some(event) = events.next().await {
        count += usize::from(matches!(event, SocketEvent::Message(_)));
    }
    assert_eq!(count, 2);
}

/// A report is told behind the message that its look came with, and the end of it does not go down with it.
#[wasm_bindgen_test]
async fn a_success_that_panics_costs_neither_a_message_nor_the_end() {
    for ends in [false, true] {
        let mut limits = Limits::default();
        limits.send_low_water_bytes = 0;
        let (task, fake) = open(limits).await;
        fake.set("slow", true);
        let heard = Rc::new(Cell::new(0));
        let count = Rc::clone(&heard);
        task.on_message(move |_| count.set(count.get() + 1));
        task.send_with(SendOption::new("x").success(|_| panic!("a fault of the application")));
        fake.set("bufferedAmount", 0);
        if !ends {
            assert_ne!(fake.message("one"), "", "the browser sees an exception");
            assert_eq!(fake.message("two"), "");
            assert_eq!(heard.get(), 2);
        }
        fake.close(4001, "bye");
        let end = CloseEvent::clean(Some(4001), "bye", CloseCause::Remote);
        assert_eq!(task.closed().await, end);
        sleep(1).await;
        assert_eq!(fake.listener_count(), 0);
    }
}
