//! Messages that come in.

use js_sys::{Array, Uint8Array};
use taro_socket_api::{CloseFrame, ErrorKind, Limits, Message, SocketEvent};
use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::socket::open;

#[wasm_bindgen_test]
async fn text_and_buffers_come_in_order() {
    let (task, fake) = open(Limits::default()).await;
    let mut events = task.events();
    fake.message(JsValue::from_str("汉"));
    fake.message(Uint8Array::from(&[1_u8, 255][..]).buffer());
    events.next().await.expect("open");
    for expected in [Message::from("汉"), Message::from(vec![1, 255])] {
        match events.next().await {
            Some(SocketEvent::Message(event)) => assert_eq!(event.data, expected),
            other => panic!("{other:?}"),
        }
    }
}

#[wasm_bindgen_test]
async fn data_of_another_kind_fails_the_connection() {
    for strange in [JsValue::NULL, JsValue::from_f64(1.0), Array::new().into()] {
        let (task, fake) = open(Limits::default()).await;
        assert_eq!(fake.message(strange), "");
        assert_eq!(task.closed().await.code, 1006);
        assert_eq!(fake.closes_text(), "4009 ");
    }
    let (task, fake) = open(Limits::default()).await;
    assert_eq!(fake.tell("message", &JsValue::UNDEFINED), "");
    assert_eq!(task.closed().await.code, 1006);
}

#[wasm_bindgen_test]
async fn what_is_too_big_or_too_much_fails_the_connection() {
    let mut limits = Limits::default();
    limits.max_message_bytes = 3;
    let mut few = Limits::default();
    few.max_buffered_messages = 2;
    for (limits, messages) in [(limits, &["1234"][..]), (few, &["1", "2", "3"])] {
        let (task, fake) = open(limits).await;
        for text in messages {
            fake.message(*text);
        }
        assert_eq!(fake.closes_text(), "4009 ");
        let mut events = task.events();
        let mut kind = None;
        while let Some(event) = events.next().await {
            if let SocketEvent::Error(event) = event {
                kind = Some(event.error.kind());
            }
        }
        assert_eq!(kind, Some(ErrorKind::LimitExceeded));
    }
}

#[wasm_bindgen_test]
async fn nothing_is_delivered_after_close_was_asked_for() {
    let (task, fake) = open(Limits::default()).await;
    let mut events = task.events();
    task.close(CloseFrame::default()).await.expect("accepted");
    fake.message("late");
    fake.close(1000, "");
    let mut count = 0;
    while let Some(event) = events.next().await {
        count += usize::from(matches!(event, SocketEvent::Message(_)));
    }
    assert_eq!(count, 0);
}
