//! The tests that every adapter passes in every mode.

use std::sync::Arc;

use taro_socket_api::{
    CloseCause, CloseEvent, CloseFrame, CloseOption, ConnectSocketOption, ErrorKind, Limits,
    ReadyState, SendOption, SocketConnector, SocketTask, connect_now,
};
use wasm_bindgen::JsValue;

pub use crate::ends::*;
use crate::{
    Face, Mode, open, sleep,
    support::{Log, connect, connect_open},
};

/// Makes the tests of one adapter: `table!(face, connector)`, both expressions.
#[macro_export]
macro_rules! table {
    ($face:expr, $connector:expr) => {
        $crate::table! { @tests $face, $connector;
            a_handler_answers_every_message,
            a_close_within_on_open_is_told_as_such,
            each_report_comes_once,
            an_end_is_told_once_whatever_follows,
            a_chain_of_sends_does_not_nest,
            no_rejection_is_left_to_the_app,
            an_abort_ends_at_once,
            a_flush_comes_behind_what_was_sent,
            without_its_function_the_host_is_unavailable,
            a_close_that_the_host_refuses_ends_at_once,
            the_last_handle_closes_and_the_connection_lives_until_its_end,
            many_connections_leave_no_listener,
            a_panic_at_the_end_does_not_keep_the_rest_back,
            a_panic_within_a_call_does_not_keep_the_rest_back,
            a_flush_after_the_end_is_aborted,
            an_error_after_an_own_close_is_the_end,
            an_error_without_timers_is_the_end,
        }
    };
    (@tests $face:expr, $connector:expr; $($name:ident,)*) => {$(
        #[wasm_bindgen_test::wasm_bindgen_test]
        async fn $name() {
            $crate::table::$name($face, &$connector).await;
        }
    )*};
}

/// Whether a send fails in this mode: of a class that throws nothing is told else.
fn send_throws(face: Face, mode: Mode) -> bool {
    matches!(face, Face::Class) && mode == Mode::Throws
}

/// How often the host answers.
fn times(mode: Mode) -> usize {
    if mode == Mode::Twice { 2 } else { 1 }
}

/// B4: the handler sends while it runs, and the host answers before `send` returns.
pub async fn a_handler_answers_every_message(face: Face, connector: &dyn SocketConnector) {
    for mode in Mode::ANSWERING {
        let (task, fake) = connect_open(face, connector, mode).await;
        let log = Log::default();
        let (own, weak) = (log.clone(), Arc::downgrade(&task));
        task.on_message(move |event| {
            let text = event.data.as_text().unwrap_or_default();
            own.note(text);
            if let Some(task) = weak.upgrade().filter(|_| !text.starts_with("answer")) {
                task.send_with(SendOption::new("quiet"));
            }
        });
        for number in 0..8 {
            assert_eq!(fake.message(number.to_string()), "", "{mode:?}");
            sleep(1).await;
        }
        sleep(10).await;
        let told: Vec<_> = (0..8).map(|number| number.to_string()).collect();
        assert_eq!(log.take(), told, "{mode:?}");
        assert_eq!(fake.sent().length(), 8, "{mode:?}");
        assert_eq!(task.ready_state(), ReadyState::Open, "{mode:?}");
    }
}

/// B4: the end comes within `close`, below the handler that closes.
pub async fn a_close_within_on_open_is_told_as_such(face: Face, connector: &dyn SocketConnector) {
    for mode in Mode::ANSWERING {
        let (task, fake) = connect(face, connector, mode);
        let log = Log::of(&task);
        let (own, weak) = (log.clone(), Arc::downgrade(&task));
        task.on_open(move |_| {
            own.note("open");
            let frame = CloseFrame::new(4001, "bye").ok();
            if let (Some(task), Some(frame)) = (weak.upgrade(), frame) {
                drop(task.close(frame));
            }
        });
        let end = task.closed().await;
        assert_eq!((end.code, &*end.reason), (4001, "bye"), "{mode:?}");
        sleep(10).await;
        assert_eq!(log.take(), ["open", "close 4001 Local true"], "{mode:?}");
        assert_eq!(fake.closes_text(), "4001 bye", "{mode:?}");
        assert_eq!(fake.listener_count(), 0, "{mode:?}");
    }
}

/// Success of send and close once each, before what follows from them.
pub async fn each_report_comes_once(face: Face, connector: &dyn SocketConnector) {
    for mode in Mode::ANSWERING {
        let (task, _fake) = connect_open(face, connector, mode).await;
        let log = Log::of(&task);
        let (sent, failed) = (log.clone(), log.clone());
        let send = SendOption::new("x").success(move |_| sent.note("sent"));
        task.send_with(send.fail(move |_| failed.note("not sent")));
        sleep(10).await;
        let mut told = vec!["sent"; 1];
        if send_throws(face, mode) {
            told = vec!["answer to x", "not sent"];
        } else {
            told.extend(vec!["answer to x"; times(mode)]);
        }
        let mut noted = log.take();
        // A class reports by its amount, a vendor by a call: either may be first.
        noted.sort();
        told.sort_unstable();
        assert_eq!(noted, told, "{mode:?}");
        let (closed, refused) = (log.clone(), log.clone());
        let close = CloseOption::new().code(4001).reason("bye");
        let close = close.success(move |_| closed.note("closes"));
        task.close_with(close.fail(move |_| refused.note("refused")));
        task.closed().await;
        sleep(10).await;
        assert_eq!(log.take(), ["closes", "close 4001 Local true"], "{mode:?}");
        assert_eq!(task.buffered_amount(), 0, "{mode:?}");
    }
}

/// The host tells the close twice, and more after it.
pub async fn an_end_is_told_once_whatever_follows(face: Face, connector: &dyn SocketConnector) {
    let (task, fake) = open(face, connector, Limits::default());
    let log = Log::of(&task);
    fake.cut(1006, "");
    fake.close(4002, "again");
    fake.message("late");
    fake.open();
    sleep(5).await;
    let told = log.take();
    assert_eq!(told.len(), 2, "{told:?}");
    assert!(told[0].starts_with("error "), "{told:?}");
    assert_eq!(told[1], "close 1006 Transport false");
}

/// A callback that sends again is called in a loop, not deeper and deeper.
pub async fn a_chain_of_sends_does_not_nest(face: Face, connector: &dyn SocketConnector) {
    const MANY: u32 = 1000;
    let (task, fake) = connect_open(face, connector, Mode::Sync).await;
    send_again(&task, MANY);
    while fake.sent().length() <= MANY {
        sleep(5).await;
    }
    assert_eq!(task.ready_state(), ReadyState::Open);
}

fn send_again(task: &Arc<dyn SocketTask>, left: u32) {
    let next = Arc::clone(task);
    task.send_with(SendOption::new("quiet").success(move |_| {
        if left > 0 {
            send_again(&next, left - 1);
        }
    }));
}

/// Kind 11: hosts give promises besides calling back.
pub async fn no_rejection_is_left_to_the_app(face: Face, connector: &dyn SocketConnector) {
    let Face::Vendor(_) = face else {
        return;
    };
    let (task, _fake) = connect_open(face, connector, Mode::Rejects).await;
    task.send("x").await.expect("it is sent");
    task.close(CloseFrame::default()).await.expect("it closes");
    task.closed().await;
    sleep(20).await;
    assert_eq!(face.rejections(), 0);
}

/// `abort` needs no answer, and is told as this side's.
pub async fn an_abort_ends_at_once(face: Face, connector: &dyn SocketConnector) {
    for mode in [Mode::Plain, Mode::Sync, Mode::Throws, Mode::Late] {
        let (task, fake) = connect(face, connector, mode);
        let log = Log::of(&task);
        if mode == Mode::Plain {
            fake.open();
        }
        task.opened().await.expect("it opens");
        task.abort();
        assert_eq!(task.ready_state(), ReadyState::Closed, "{mode:?}");
        assert_eq!(log.take(), ["close 1006 Local true"], "{mode:?}");
        task.abort();
        sleep(10).await;
        assert!(log.take().is_empty(), "{mode:?}");
        assert_eq!(task.closed().await.cause, CloseCause::Local, "{mode:?}");
    }
}

/// `flush` resolves behind the sends before it, and fails at an end before them.
pub async fn a_flush_comes_behind_what_was_sent(face: Face, connector: &dyn SocketConnector) {
    let (task, fake) = connect_open(face, connector, Mode::Late).await;
    task.flush().await.expect("nothing waits");
    task.send_with(SendOption::new("quiet"));
    task.flush().await.expect("it has left");
    assert_eq!(task.buffered_amount(), 0);
    face.behave(Mode::Plain);
    fake.set("slow", true);
    task.send_with(SendOption::new("quiet"));
    let waiting = task.flush();
    fake.close(4001, "bye");
    assert!(waiting.await.is_err(), "the connection has ended");
}

/// A host without the class, or without `connectSocket`.
pub async fn without_its_function_the_host_is_unavailable(
    face: Face,
    connector: &dyn SocketConnector,
) {
    for absent in [JsValue::UNDEFINED, JsValue::from_f64(7.0)] {
        face.install();
        face.replace(&absent);
        let refused = connect_now(connector, ConnectSocketOption::new("wss://fake.test/"));
        let error = refused.expect_err("no host");
        assert_eq!(error.kind(), ErrorKind::HostUnavailable, "{error}");
    }
    face.install();
}

/// A host that throws, and tells nothing.
pub async fn a_close_that_the_host_refuses_ends_at_once(
    face: Face,
    connector: &dyn SocketConnector,
) {
    let (task, fake) = open(face, connector, Limits::default());
    fake.set("closeThrows", js_sys::Error::new("not today"));
    let refused = task.close(CloseFrame::default()).await;
    let text = refused.expect_err("refused").err_msg();
    assert!(
        text.starts_with("closeSocket:fail ") && text.ends_with("not today"),
        "{text}"
    );
    let end = crate::asked(CloseEvent::abnormal(CloseCause::Local));
    assert_eq!(task.closed().await, end);
    fake.close(1000, "");
    assert_eq!(fake.listener_count(), 0);
}

/// Dropped, a task closes in order.
pub async fn the_last_handle_closes_and_the_connection_lives_until_its_end(
    face: Face,
    connector: &dyn SocketConnector,
) {
    let (task, fake) = open(face, connector, Limits::default());
    let closed = task.closed();
    drop(task);
    assert_eq!(
        (fake.closes_text(), fake.listener_count()),
        ("1000 ".into(), 4)
    );
    fake.close(1000, "");
    let end = closed.await;
    assert_eq!((end.cause, end.requested), (CloseCause::Local, true));
    assert_eq!(fake.listener_count(), 0);
}

/// Nothing of a connection is left with its host.
pub async fn many_connections_leave_no_listener(face: Face, connector: &dyn SocketConnector) {
    for _ in 0..300 {
        let (task, fake) = open(face, connector, Limits::default());
        drop(task);
        fake.close(1000, "");
        assert_eq!(fake.listener_count(), 0);
    }
}
