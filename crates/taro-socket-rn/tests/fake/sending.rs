//! Messages that go out.

use std::{cell::RefCell, rc::Rc};

use js_sys::Uint8Array;
use taro_socket_api::{CloseFrame, ErrorKind, Limits, SendOption};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::socket::{open, sleep};

const MIB: usize = 1 << 20;

#[wasm_bindgen_test]
async fn messages_are_handed_over_at_once_and_as_they_are() {
    let (task, fake) = open(Limits::default()).await;
    drop(task.send("汉"));
    drop(task.send(vec![1, 2, 255]));
    assert_eq!(fake.sent().get(0), JsValue::from_str("汉"));
    let bytes: Uint8Array = fake.sent().get(1).unchecked_into();
    assert_eq!(bytes.to_vec(), [1, 2, 255]);
}

#[wasm_bindgen_test]
async fn the_amount_that_waits_is_an_estimate_that_returns_to_zero() {
    let (task, _fake) = open(Limits::default()).await;
    // An eighth of a second at 8 MiB in a second.
    let sending = task.send(vec![0; MIB]);
    assert_eq!(task.buffered_amount(), MIB as u64);
    sleep(40).await;
    assert_eq!(task.buffered_amount(), MIB as u64, "it left too early");
    sending.await.expect("it leaves");
    assert_eq!(task.buffered_amount(), 0);
    task.send("small").await.expect("below the low-water mark");
}

#[wasm_bindgen_test]
async fn more_than_the_queue_of_android_is_refused_before_it_is_asked() {
    let (task, fake) = open(Limits::default()).await;
    let error = task.send(vec![0; 16 * MIB + 1]).await.expect_err("too big");
    assert_eq!(error.kind(), ErrorKind::LimitExceeded);
    assert!(error.err_msg().starts_with("sendSocketMessage:fail "));
    assert_eq!(task.buffered_amount(), 0);
    drop(task.send(vec![0; 16 * MIB]));
    let error = task.send("x").await.expect_err("too much");
    assert_eq!(error.kind(), ErrorKind::LimitExceeded);
    assert_eq!(fake.sent().length(), 1);
    assert_eq!(task.buffered_amount(), 16 * MIB as u64);
}

#[wasm_bindgen_test]
async fn what_the_class_throws_is_told_to_the_send() {
    let (task, fake) = open(Limits::default()).await;
    fake.set("sendThrows", js_sys::Error::new("INVALID_STATE_ERR"));
    let pen = Rc::new(RefCell::new(Vec::new()));
    let log = Rc::clone(&pen);
    task.send_with(SendOption::new("x").fail(move |error| log.borrow_mut().push(error.err_msg())));
    assert_eq!(
        *pen.borrow(),
        ["sendSocketMessage:fail WebSocket.send: Error: INVALID_STATE_ERR"]
    );
    assert_eq!(task.buffered_amount(), 0);
}

#[wasm_bindgen_test]
async fn after_close_nothing_is_handed_over() {
    let (task, fake) = open(Limits::default()).await;
    task.close(CloseFrame::default()).await.expect("accepted");
    let error = task.send("late").await.expect_err("closing");
    assert_eq!(error.kind(), ErrorKind::InvalidState);
    fake.close(1000, "");
    assert!(task.send("later").await.is_err());
    assert_eq!(fake.sent().length(), 0);
}

#[wasm_bindgen_test]
async fn what_waits_at_the_end_is_aborted() {
    let (task, fake) = open(Limits::default()).await;
    let sending = task.send(vec![0; 4 * MIB]);
    fake.close(1000, "");
    assert_eq!(
        sending.await.expect_err("it has not left").kind(),
        ErrorKind::Aborted
    );
    sleep(20).await;
}
