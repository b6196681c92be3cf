//! The tests of ends that every adapter passes: whatever panics, and whatever the host leaves out.

use std::{cell::RefCell, rc::Rc, sync::Arc};

use taro_socket_api::{
    CloseCause, CloseFrame, CloseOption, ErrorKind, Limits, ReadyState, SendOption, SocketConnector,
};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};

use crate::{
    Face, Mode, open, sleep,
    support::{Log, connect_open},
};

/// Kind 1: the user's code panics while it is told the end. Its own part is lost, no other.
pub async fn a_panic_at_the_end_does_not_keep_the_rest_back(
    face: Face,
    connector: &dyn SocketConnector,
) {
    // A class takes a close at once.
    let all = match face {
        Face::Class => &["fail", "on_error"][..],
        Face::Vendor(_) => &["fail", "on_error", "close"],
    };
    for which in all {
        let mut limits = Limits::default();
        limits.send_low_water_bytes = 0;
        let (task, fake) = open(face, connector, limits);
        let log = Log::default();
        let own = log.clone();
        task.on_close(move |event| own.note(format!("close {}", event.code)));
        fake.set("slow", true);
        let fault = || panic!("a fault of the application");
        match *which {
            "fail" => task.send_with(SendOption::new("x").fail(move |_| fault())),
            "close" => task.close_with(CloseOption::new().success(move |_| fault())),
            _ => task.on_error(move |_| fault()),
        }
        fake.cut(1006, "");
        task.closed().await;
        assert_eq!(log.take(), ["close 1006"], "{which}");
        sleep(5).await;
        assert_eq!(fake.listener_count(), 0, "{which}");
    }
}

/// What a host told within a call is told, although the panic of a report ended the call that would have told it.
pub async fn a_panic_within_a_call_does_not_keep_the_rest_back(
    face: Face,
    connector: &dyn SocketConnector,
) {
    let (task, _fake) = connect_open(face, connector, Mode::Sync).await;
    let log = Log::of(&task);
    let closed = task.closed();
    let act = Closure::once(move || {
        task.close_with(CloseOption::new().success(|_| panic!("a fault of the application")));
        // Dropped with the panic, it would close.
        drop(task);
    });
    let act: js_sys::Function = act.into_js_value().unchecked_into();
    // A class reports its close behind the event that tells it.
    let _ = act.call0(&JsValue::NULL);
    closed.await;
    assert_eq!(log.take(), ["close 1000 Local true"]);
}

/// It would wait for what is aborted.
pub async fn a_flush_after_the_end_is_aborted(face: Face, connector: &dyn SocketConnector) {
    let mut limits = Limits::default();
    limits.send_low_water_bytes = 0;
    let (task, fake) = open(face, connector, limits);
    fake.set("slow", true);
    let flushing = Rc::new(RefCell::new(None));
    let (own, weak) = (Rc::clone(&flushing), Arc::downgrade(&task));
    task.send_with(SendOption::new("x").fail(move |_| {
        *own.borrow_mut() = weak.upgrade().map(|task| task.flush());
    }));
    fake.close(1000, "");
    let flushing = flushing.take().expect("the send has failed");
    let error = flushing.await.expect_err("nothing has left");
    assert_eq!(error.kind(), ErrorKind::Aborted);
}

/// The close that should follow is not waited for until `Limits::close_timeout` is over.
pub async fn an_error_after_an_own_close_is_the_end(face: Face, connector: &dyn SocketConnector) {
    let (task, fake) = open(face, connector, Limits::default());
    let log = Log::of(&task);
    drop(task.close(CloseFrame::default()));
    fake.tell(
        "error",
        &crate::event([("errMsg", "connection reset".into())]),
    );
    task.closed().await;
    assert_eq!(log.take(), ["close 1006 Local true"]);
}

/// A host without timers cannot wait for the close.
pub async fn an_error_without_timers_is_the_end(face: Face, connector: &dyn SocketConnector) {
    let (task, fake) = open(face, connector, Limits::default());
    face.set_timers(false);
    fake.tell(
        "error",
        &crate::event([("errMsg", "connection lost".into())]),
    );
    face.set_timers(true);
    assert_eq!(task.ready_state(), ReadyState::Closed);
    assert_eq!(task.closed().await.cause, CloseCause::Transport);
}
