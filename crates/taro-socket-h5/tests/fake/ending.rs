//! How a connection ends.

use std::time::Duration;

use taro_socket_api::{CloseCause, CloseEvent, CloseFrame, ErrorKind, Limits, ReadyState};
use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::socket::{asked, open};

fn impatient() -> Limits {
    let mut limits = Limits::default();
    limits.close_timeout = Duration::from_millis(20);
    limits
}

#[wasm_bindgen_test]
async fn a_close_event_that_never_comes_is_not_waited_for() {
    let (task, fake) = open(impatient()).await;
    task.close(CloseFrame::new(4001, "bye").expect("a frame"))
        .await
        .expect("accepted");
    assert_eq!(fake.closes_text(), "4001 bye");
    let end = asked(CloseEvent::abnormal(CloseCause::Timeout));
    assert_eq!(task.closed().await, end);
    assert_eq!(fake.listener_count(), 0);
}

/// Of a task, the kind of its error.
async fn error_of(task: &dyn taro_socket_api::SocketTask) -> Option<ErrorKind> {
    let mut events = task.events();
    let mut kind = None;
    while let Some(event) = events.next().await {
        if let taro_socket_api::SocketEvent::Error(event) = event {
            kind = Some(event.error.kind());
        }
    }
    kind
}

/// As the client of Node.js 20 does.
#[wasm_bindgen_test]
async fn an_error_event_without_a_close_event_ends_too() {
    let (task, fake) = open(impatient()).await;
    fake.tell("error", &JsValue::NULL);
    let end = CloseEvent::abnormal(CloseCause::Transport);
    assert_eq!(task.closed().await, end);
    assert_eq!(error_of(&*task).await, Some(ErrorKind::Transport));
}

/// As Chromium does under a Content-Security-Policy: an error in the state CLOSED, and never a close.
#[wasm_bindgen_test]
async fn an_error_in_the_state_closed_ends_at_once() {
    for opened in [false, true] {
        let (task, fake) = match opened {
            true => open(Limits::default()).await,
            false => taro_socket_fake_host::dial(
                taro_socket_fake_host::Face::Class,
                &taro_socket_h5::H5Connector::new(),
                taro_socket_api::ConnectSocketOption::new("wss://fake.test/"),
            ),
        };
        fake.set("readyState", 3);
        fake.tell("error", &JsValue::NULL);
        assert_eq!(task.ready_state(), ReadyState::Closed);
        let end = CloseEvent::abnormal(CloseCause::Transport);
        assert_eq!(task.closed().await, end);
        let kind = match opened {
            true => ErrorKind::Transport,
            false => ErrorKind::Unknown,
        };
        assert_eq!(error_of(&*task).await, Some(kind));
        assert_eq!(task.opened().await.is_ok(), opened);
        fake.cut(1006, "");
        assert_eq!(task.closed().await, end);
    }
}

#[wasm_bindgen_test]
async fn an_unclean_end_is_1006_whatever_the_host_says() {
    for (code, state) in [(1006, ReadyState::Open), (1002, ReadyState::Open)] {
        let (task, fake) = open(Limits::default()).await;
        assert_eq!(task.ready_state(), state);
        let mut events = task.events();
        fake.cut(code, "why");
        assert_eq!(
            task.closed().await,
            CloseEvent::abnormal(CloseCause::Transport)
        );
        events.next().await.expect("open");
        match events.next().await {
            Some(taro_socket_api::SocketEvent::Error(event)) => {
                assert_eq!(event.error.kind(), ErrorKind::Transport);
            }
            other => panic!("{other:?}"),
        }
    }
}

#[wasm_bindgen_test]
async fn a_code_that_no_peer_may_send_is_a_failure() {
    for code in [0, 999, 1004, 1005, 1006, 1015, 2999, 5000, 65_535] {
        let (task, fake) = open(Limits::default()).await;
        fake.close(code, "no");
        assert_eq!(
            task.closed().await,
            CloseEvent::abnormal(CloseCause::Transport),
            "{code}"
        );
    }
}

#[wasm_bindgen_test]
async fn late_events_reach_nothing() {
    let (task, fake) = open(Limits::default()).await;
    fake.close(4001, "bye");
    let end = CloseEvent::clean(Some(4001), "bye", CloseCause::Remote);
    assert_eq!(task.closed().await, end);
    for (name, event) in [
        ("message", JsValue::NULL),
        ("close", JsValue::NULL),
        ("open", JsValue::NULL),
    ] {
        assert_eq!(fake.tell(name, &event), "", "{name} after the end");
    }
    assert_eq!(task.closed().await, end);
}
