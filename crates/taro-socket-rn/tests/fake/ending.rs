//! How a connection ends.

use std::time::Duration;

use taro_socket_api::{
    CloseCause, CloseEvent, CloseFrame, ConnectSocketOption, ErrorKind, Limits, SocketEvent,
};
use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::socket::{URL, Version, asked, dial, event, fail, open};

const VERSIONS: [Version; 2] = [Version::V76, Version::V88];
const NO_STATUS: &str = "Code 1005 is reserved and may not be used.";

#[wasm_bindgen_test]
async fn a_failure_has_the_text_of_either_version() {
    for version in VERSIONS {
        let text = "Failed to connect to /127.0.0.1:9";
        let (task, fake) = dial(ConnectSocketOption::new(URL)).await;
        fail(&fake, Some(text), version);
        let error = task.opened().await.expect_err("refused");
        assert_eq!((error.kind(), error.reason()), (ErrorKind::Connect, text));
        assert_eq!(
            task.closed().await,
            CloseEvent::abnormal(CloseCause::Transport)
        );
        assert_eq!(fake.listener_count(), 0);
    }
}

#[wasm_bindgen_test]
async fn a_failure_of_an_open_connection_is_one_of_its_transport() {
    for (text, version) in [
        (Some("Connection reset"), Version::V76),
        (Some("timeout"), Version::V88),
        (None, Version::V76),
        (None, Version::V88),
    ] {
        let (task, fake) = open(Limits::default()).await;
        let mut events = task.events();
        fail(&fake, text, version);
        events.next().await.expect("open");
        match events.next().await {
            Some(SocketEvent::Error(event)) => {
                assert_eq!(event.error.kind(), ErrorKind::Transport);
                assert!(
                    event
                        .error
                        .reason()
                        .contains(text.unwrap_or("does not say why"))
                );
            }
            other => panic!("{other:?}"),
        }
    }
}

#[wasm_bindgen_test]
async fn a_close_without_a_status_is_known_by_its_failure() {
    for version in VERSIONS {
        let (task, fake) = open(Limits::default()).await;
        fail(&fake, Some(NO_STATUS), version);
        let end = CloseEvent::clean(None, "", CloseCause::Remote);
        assert_eq!(task.closed().await, end);

        let (task, fake) = open(Limits::default()).await;
        task.close(CloseFrame::default()).await.expect("accepted");
        fail(&fake, Some(NO_STATUS), version);
        let end = asked(CloseEvent::clean(None, "", CloseCause::Local));
        assert_eq!(task.closed().await, end);
    }
}

#[wasm_bindgen_test]
async fn a_close_is_reported_as_it_is_told() {
    let table = [
        (JsValue::from(4001), JsValue::from_str("bye"), 4001, "bye"),
        (JsValue::from(1000), JsValue::NULL, 1000, ""),
        (JsValue::from(1005), JsValue::NULL, 1005, ""),
    ];
    for (code, reason, told, text) in table {
        let (task, fake) = open(Limits::default()).await;
        fake.close(code, reason);
        let end = CloseEvent::clean(Some(told), text, CloseCause::Remote);
        assert_eq!(task.closed().await, end);
        assert_eq!(fake.listener_count(), 0);
    }
}

#[wasm_bindgen_test]
async fn what_no_peer_may_send_is_a_failure() {
    let table = [
        (JsValue::from(0), JsValue::from_str("client is null")),
        (
            JsValue::from(1001),
            JsValue::from_str("Stream end encountered"),
        ),
        (JsValue::from(1006), JsValue::NULL),
        (JsValue::from(70_000), JsValue::NULL),
        (JsValue::from(-1), JsValue::NULL),
        (JsValue::UNDEFINED, JsValue::UNDEFINED),
    ];
    for (code, reason) in table {
        let (task, fake) = open(Limits::default()).await;
        fake.close(code.clone(), reason);
        let end = CloseEvent::abnormal(CloseCause::Transport);
        assert_eq!(task.closed().await, end, "{code:?}");
    }
    let (task, fake) = open(Limits::default()).await;
    fake.tell("close", &JsValue::NULL);
    assert_eq!(task.closed().await.code, 1006);
}

#[wasm_bindgen_test]
async fn a_close_event_that_never_comes_is_not_waited_for() {
    let mut limits = Limits::default();
    limits.close_timeout = Duration::from_millis(20);
    let (task, fake) = open(limits).await;
    task.close(CloseFrame::new(4001, "bye").expect("a frame"))
        .await
        .expect("accepted");
    assert_eq!(fake.closes_text(), "4001 bye");
    let end = asked(CloseEvent::abnormal(CloseCause::Timeout));
    assert_eq!(task.closed().await, end);
    assert_eq!(fake.listener_count(), 0);

    // An error without a close.
    let (task, fake) = open(limits).await;
    fake.tell("error", &event([]));
    let end = CloseEvent::abnormal(CloseCause::Transport);
    assert_eq!(task.closed().await, end);
}
