//! Dialling, and giving it up.

use std::time::Duration;

use taro_socket_api::{
    CloseCause, CloseEvent, CloseFrame, ConnectSocketOption, ErrorKind, ReadyState,
};
use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::socket::{FACE, Fake, URL, Version, asked, connect, dial, fail, open};

#[wasm_bindgen_test]
async fn what_the_constructor_throws_is_a_typed_error() {
    FACE.install();
    FACE.refuse(&js_sys::Error::new("no native module").into());
    let refused = connect(ConnectSocketOption::new(URL)).await;
    FACE.refuse(&JsValue::UNDEFINED);
    assert_eq!(
        refused.expect_err("it throws").reason(),
        "new WebSocket: Error: no native module"
    );
    FACE.set_deaf(true);
    let refused = connect(ConnectSocketOption::new(URL)).await;
    FACE.set_deaf(false);
    assert!(refused.is_err());
    assert_eq!(Fake::last().closes_text(), "1000 ");
}

#[wasm_bindgen_test]
async fn headers_and_subprotocols_are_given_only_where_there_are_some() {
    let (_task, fake) = dial(ConnectSocketOption::new(URL)).await;
    assert_eq!(fake.arguments_text(), r#"["wss://fake.test/",{}]"#);
    let option = ConnectSocketOption::new(URL)
        .protocols(["a", "b.c"])
        .header("X-Token", "1 2");
    let (_task, fake) = dial(option).await;
    assert_eq!(
        fake.arguments_text(),
        r#"["wss://fake.test/",["a","b.c"],{"headers":{"X-Token":"1 2"}}]"#
    );
}

#[wasm_bindgen_test]
async fn the_subprotocol_must_be_one_of_those_offered() {
    let table = [
        (&["a", "b"][..], JsValue::from_str("b"), Ok(Some("b"))),
        (&[][..], JsValue::UNDEFINED, Ok(None)),
        (&[][..], JsValue::from_str(""), Ok(None)),
        (&["a"][..], JsValue::from_str(""), Err(())),
        (&["a"][..], JsValue::from_f64(1.0), Err(())),
        (&["a"][..], JsValue::from_str("c"), Err(())),
        (&[][..], JsValue::from_str("a"), Err(())),
    ];
    for (offered, selected, expected) in table {
        let (task, fake) =
            dial(ConnectSocketOption::new(URL).protocols(offered.iter().copied())).await;
        fake.set("protocol", &selected);
        fake.open();
        match expected {
            Ok(protocol) => assert_eq!(task.protocol().as_deref(), protocol),
            Err(()) => {
                let error = task.opened().await.expect_err("not sound");
                assert_eq!(error.kind(), ErrorKind::Handshake);
                assert_eq!(
                    (fake.closes_text(), fake.listener_count()),
                    ("4009 ".into(), 0)
                );
            }
        }
    }
}

#[wasm_bindgen_test]
async fn what_opens_after_it_was_given_up_is_closed_again() {
    let (task, fake) = dial(ConnectSocketOption::new(URL)).await;
    task.close(CloseFrame::new(4001, "bye").expect("a frame"))
        .await
        .expect("accepted");
    let end = asked(CloseEvent::abnormal(CloseCause::Local));
    assert_eq!(task.closed().await, end);
    assert_eq!(
        fake.listener_count(),
        4,
        "Android does not hear of the close"
    );
    fake.open();
    assert_eq!(fake.closes_text(), "4001 bye,1000 ");
    assert_eq!(fake.listener_count(), 0);
    assert_eq!(task.ready_state(), ReadyState::Closed);
    assert!(task.opened().await.is_err());
}

#[wasm_bindgen_test]
async fn what_fails_after_it_was_given_up_is_not_told() {
    for version in [Version::V76, Version::V88] {
        let (task, fake) = dial(ConnectSocketOption::new(URL)).await;
        let mut events = task.events();
        drop(task);
        fail(&fake, Some("Failed to connect to /127.0.0.1:9"), version);
        assert_eq!(fake.listener_count(), 0);
        match events.next().await {
            Some(taro_socket_api::SocketEvent::Close(close)) => {
                assert_eq!(close, asked(CloseEvent::abnormal(CloseCause::Local)));
            }
            other => panic!("{other:?}"),
        }
    }
}

#[wasm_bindgen_test]
async fn an_open_that_never_comes_is_given_up() {
    let option = ConnectSocketOption::new(URL).timeout(Duration::from_millis(20));
    let (task, fake) = dial(option).await;
    let error = task.opened().await.expect_err("never open");
    assert_eq!(error.kind(), ErrorKind::Timeout);
    assert_eq!(
        task.closed().await,
        CloseEvent::abnormal(CloseCause::Timeout)
    );
    assert_eq!(fake.closes_text(), "1000 ");
    fake.open();
    assert_eq!(
        (fake.closes_text(), fake.listener_count()),
        ("1000 ,1000 ".into(), 0)
    );
}

#[wasm_bindgen_test]
async fn what_opens_twice_opens_once() {
    let (task, fake) = open(Default::default()).await;
    fake.set("protocol", "late");
    fake.open();
    assert_eq!(task.protocol(), None);
    assert_eq!(fake.closes_text(), "");
}
