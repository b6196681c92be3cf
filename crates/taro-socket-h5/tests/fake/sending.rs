//! Messages that go out.

use std::{cell::Cell, rc::Rc, sync::Arc};

use js_sys::{Error as JsError, Uint8Array};
use taro_socket_api::{ErrorKind, Limits, SendOption};
use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::socket::{open, sleep};

fn low_water(bytes: usize) -> Limits {
    let mut limits = Limits::default();
    limits.send_low_water_bytes = bytes;
    limits
}

#[wasm_bindgen_test]
async fn text_and_binary_are_handed_over_at_once() {
    let (task, fake) = open(Limits::default()).await;
    drop(task.send("text 汉"));
    drop(task.send(vec![1, 2, 3]));
    drop(task.send(""));
    assert_eq!(fake.sent().get(0), JsValue::from_str("text 汉"));
    assert_eq!(Uint8Array::from(fake.sent().get(1)).to_vec(), [1, 2, 3]);
    assert_eq!(fake.sent().get(2), JsValue::from_str(""));
}

#[wasm_bindgen_test]
async fn a_send_waits_for_the_low_water_mark() {
    let (task, fake) = open(low_water(10)).await;
    fake.set("slow", true);
    task.send("0123456789").await.expect("at the mark");
    assert_eq!(task.buffered_amount(), 10);
    let waiting = task.send("!");
    let done = Rc::new(Cell::new(false));
    let flag = Rc::clone(&done);
    wasm_bindgen_futures::spawn_local(async move {
        waiting.await.expect("it is sent");
        flag.set(true);
    });
    sleep(60).await;
    assert!(!done.get(), "11 bytes wait");
    fake.set("bufferedAmount", 10);
    sleep(60).await;
    assert!(done.get());
}

#[wasm_bindgen_test]
async fn the_end_tells_those_that_wait() {
    let (task, fake) = open(low_water(0)).await;
    fake.set("slow", true);
    let waiting = task.send("never sent");
    fake.cut(1006, "");
    assert_eq!(waiting.await.expect_err("ended").kind(), ErrorKind::Aborted);
}

#[wasm_bindgen_test]
async fn a_host_that_throws_on_send_gives_a_typed_error() {
    let (task, fake) = open(low_water(0)).await;
    fake.set("sendThrows", JsError::new("full"));
    let error = task.send("x").await.expect_err("it throws");
    assert_eq!(
        error.err_msg(),
        "sendSocketMessage:fail WebSocket.send: Error: full"
    );
    fake.set("sendThrows", JsValue::UNDEFINED);
    task.send("y").await.expect("the task goes on");
}

/// A callback that sends again is called in a loop, not deeper and deeper, and the browser has its turns meanwhile: of
/// what is empty nothing ever waits.
#[wasm_bindgen_test]
async fn reports_that_send_again_do_not_nest_and_let_the_browser_have_its_turn() {
    let (task, fake) = open(Limits::default()).await;
    send_again(&task, 50_000);
    assert!(fake.sent().length() < 50_000);
    while fake.sent().length() <= 50_000 {
        sleep(1).await;
    }
}

fn send_again(task: &Arc<dyn taro_socket_api::SocketTask>, left: u32) {
    let next = Arc::clone(task);
    task.send_with(SendOption::new("").success(move |_| {
        if left > 0 {
            send_again(&next, left - 1);
        }
    }));
}

#[wasm_bindgen_test]
async fn the_queue_is_bounded_by_what_the_host_tells() {
    let mut limits = Limits::default();
    limits.max_queued_bytes = 10;
    let (task, fake) = open(limits).await;
    fake.set("bufferedAmount", 8);
    assert_eq!(task.buffered_amount(), 8);
    let error = task.send("123").await.expect_err("11 bytes");
    assert_eq!(
        (error.kind(), fake.sent().length()),
        (ErrorKind::LimitExceeded, 0)
    );
    task.send("12").await.expect("10 bytes");
}

/// An error in the state CLOSED is an end too.
#[wasm_bindgen_test]
async fn what_has_left_before_the_end_is_told_so_whatever_ends() {
    for error in [false, true] {
        let (task, fake) = open(low_water(0)).await;
        fake.set("slow", true);
        let sending = task.send("x");
        fake.set("bufferedAmount", 0);
        fake.set("readyState", 3);
        match error {
            true => drop(fake.tell("error", &JsValue::NULL)),
            false => fake.cut(1006, ""),
        }
        sending.await.expect("it has left");
    }
}
