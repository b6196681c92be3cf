//! What the constructor does.

use std::time::Duration;

use taro_socket_api::{CloseCause, CloseEvent, ConnectSocketOption, ErrorKind, ReadyState};
use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::socket::{FACE, Fake, asked, connect, open, sleep};

const URL: &str = "wss://fake.test/";

#[wasm_bindgen_test]
async fn what_the_constructor_throws_is_a_typed_error() {
    FACE.install();
    let table: [(JsValue, ErrorKind); 4] = [
        (
            js_sys::SyntaxError::new("no token").into(),
            ErrorKind::InvalidArgument,
        ),
        (
            js_sys::RangeError::new("too many").into(),
            ErrorKind::LimitExceeded,
        ),
        (
            js_sys::Error::new("for no reason").into(),
            ErrorKind::Unknown,
        ),
        (JsValue::NULL, ErrorKind::Unknown),
    ];
    for (thrown, kind) in table {
        FACE.refuse(&thrown);
        let refused = connect(ConnectSocketOption::new(URL)).await;
        FACE.refuse(&JsValue::UNDEFINED);
        let error = refused.expect_err("the constructor throws");
        assert_eq!(error.kind(), kind, "{error}");
        assert!(error.reason().starts_with("new WebSocket: "), "{error}");
    }
}

#[wasm_bindgen_test]
async fn subprotocols_are_separate_and_none_is_no_argument() {
    FACE.install();
    let task = connect(ConnectSocketOption::new(URL)).await.expect("made");
    assert_eq!(Fake::last().arguments().length(), 1);
    drop(task);
    let option = ConnectSocketOption::new(URL).protocols(["a", "b.c"]);
    let task = connect(option).await.expect("made");
    let offered: js_sys::Array = Fake::last().arguments().get(1).into();
    assert_eq!(
        (offered.length(), String::from(offered.join("|"))),
        (2, "a|b.c".into())
    );
    drop(task);
}

#[wasm_bindgen_test]
async fn an_open_without_any_of_the_subprotocols_offered_is_a_failure() {
    FACE.install();
    let option = ConnectSocketOption::new(URL).protocols(["a"]);
    let task = connect(option).await.expect("made");
    let fake = Fake::last();
    fake.open();
    let error = task.opened().await.expect_err("none is selected");
    assert_eq!(error.kind(), ErrorKind::Handshake);
    assert_eq!(
        (fake.listener_count(), fake.closes_text()),
        (0, "4009 ".into())
    );
}

#[wasm_bindgen_test]
async fn an_open_that_never_comes_is_given_up() {
    FACE.install();
    let option = ConnectSocketOption::new(URL).timeout(Duration::from_millis(20));
    let task = connect(option).await.expect("made");
    let fake = Fake::last();
    let error = task.opened().await.expect_err("never open");
    assert_eq!(error.kind(), ErrorKind::Timeout);
    assert_eq!(
        task.closed().await,
        CloseEvent::abnormal(CloseCause::Timeout)
    );
    assert_eq!(
        (fake.listener_count(), fake.closes_text()),
        (0, "1000 ".into())
    );
    fake.open();
    assert_eq!(
        task.ready_state(),
        ReadyState::Closed,
        "late events reach nothing"
    );
}

#[wasm_bindgen_test]
async fn open_stops_the_connect_timeout() {
    FACE.install();
    let option = ConnectSocketOption::new(URL).timeout(Duration::from_millis(20));
    let task = connect(option).await.expect("made");
    Fake::last().open();
    sleep(60).await;
    assert_eq!(task.ready_state(), ReadyState::Open);
}

#[wasm_bindgen_test]
async fn a_task_whose_close_comes_before_open_never_opens() {
    FACE.install();
    let task = connect(ConnectSocketOption::new(URL)).await.expect("made");
    let fake = Fake::last();
    task.close(Default::default()).await.expect("accepted");
    assert_eq!(fake.listener_count(), 0);
    fake.open();
    let end = asked(CloseEvent::abnormal(CloseCause::Local));
    assert_eq!(task.closed().await, end);
    assert_eq!(
        task.opened().await.expect_err("closed").kind(),
        ErrorKind::Aborted
    );
}

#[wasm_bindgen_test]
async fn what_opens_twice_opens_once() {
    let (task, fake) = open(Default::default()).await;
    fake.set("protocol", "late");
    fake.open();
    assert_eq!(task.protocol(), None);
}
