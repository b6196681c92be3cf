//! Messages that come in.

use js_sys::{Array, Uint8Array};
use taro_socket_api::{CloseCause, CloseEvent, ErrorKind, Limits, Message, SocketEvent};
use taro_socket_h5::ws;
use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::socket::{open, sleep};

#[wasm_bindgen_test]
async fn messages_of_a_burst_come_in_order_and_wake_a_stream() {
    let (task, fake) = open(Limits::default()).await;
    let mut events = task.events();
    assert!(matches!(events.next().await, Some(SocketEvent::Open(_))));
    // The first few wake at once, the others together.
    for at in 0..500 {
        fake.message(JsValue::from_str(&at.to_string()));
    }
    for at in 0..500 {
        match events.next().await {
            Some(SocketEvent::Message(event)) => {
                assert_eq!(event.data, Message::from(at.to_string()))
            }
            other => panic!("{other:?}"),
        }
    }
    let waiting = wasm_bindgen_futures::spawn_local;
    let (sender, receiver) = futures_channel();
    waiting(async move {
        let mut count = 0;
        while count < 100 {
            count += usize::from(matches!(events.next().await, Some(SocketEvent::Message(_))));
        }
        sender.call0(&JsValue::NULL).expect("it does not throw");
    });
    sleep(5).await;
    for _ in 0..100 {
        fake.message(Uint8Array::from(&[1u8, 2][..]).buffer());
    }
    wasm_bindgen_futures::JsFuture::from(receiver)
        .await
        .expect("all arrive");
}

/// A promise and its `resolve`.
fn futures_channel() -> (js_sys::Function, js_sys::Promise) {
    let mut resolve = None;
    let promise = js_sys::Promise::new(&mut |function, _| resolve = Some(function));
    (resolve.expect("called at once"), promise)
}

#[wasm_bindgen_test]
async fn data_of_another_kind_fails_the_connection() {
    for strange in [JsValue::NULL, JsValue::from_f64(1.0), Array::new().into()] {
        let (task, fake) = open(Limits::default()).await;
        assert_eq!(fake.message(strange), "");
        assert_eq!(
            task.closed().await,
            CloseEvent::abnormal(CloseCause::Transport)
        );
        assert_eq!(
            (fake.closes_text(), fake.listener_count()),
            ("4009 ".into(), 0)
        );
    }
}

#[wasm_bindgen_test]
async fn a_handler_keeps_up_with_messages_above_the_bound_of_what_waits() {
    let mut limits = Limits::default();
    limits.max_buffered_bytes = 10;
    let (task, fake) = open(limits).await;
    task.on_message(|_| {});
    for _ in 0..10 {
        fake.message(JsValue::from_str(&"x".repeat(1000)));
    }
    assert_eq!(fake.closes_text(), "");
}

#[wasm_bindgen_test]
async fn what_nobody_reads_is_bounded() {
    let mut limits = Limits::default();
    limits.max_buffered_messages = 3;
    let (task, fake) = open(limits).await;
    for _ in 0..3 {
        fake.message("x");
    }
    assert_eq!(fake.closes_text(), "");
    fake.message("x");
    assert_eq!(fake.closes_text(), "4009 ");
    let mut events = task.events();
    let mut kinds = Vec::new();
    while let Some(event) = events.next().await {
        if let SocketEvent::Error(event) = event {
            kinds.push(event.error.kind());
        }
    }
    assert_eq!(kinds, [ErrorKind::LimitExceeded]);
}

#[wasm_bindgen_test]
async fn ws_is_the_browsers_own_object() {
    let (task, fake) = open(Limits::default()).await;
    let own = ws(&*task).expect("an H5 task");
    assert_eq!(JsValue::from(own), JsValue::from(fake));
}
