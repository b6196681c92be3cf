//! The tests that every adapter of a mini-program passes: apps in the background, refusals, slots.

use std::{cell::Cell, rc::Rc};

use taro_socket_api::{
    CloseCause, CloseEvent, CloseFrame, ConnectSocketOption, ErrorKind, Limits, ReadyState,
    SocketConnector, connect_now,
};

use crate::vendor_support::{Sockets, URL, asked_again, patience, refuse_close};
use crate::{Face, dial, event, open, sleep};
pub use crate::{vendor_ends::*, vendor_names::*};

/// Makes the tests of one adapter of a mini-program: `vendor_table!(face, connector, sockets)`, where `sockets` tells
/// how many sockets there are.
#[macro_export]
macro_rules! vendor_table {
    ($face:expr, $connector:expr, $sockets:expr) => {
        $crate::vendor_table! { @tests $face, $connector, $sockets;
            a_close_refused_while_hidden_is_asked_again_when_shown,
            a_close_refused_to_the_end_fails_and_keeps_its_slot,
            a_refused_close_of_a_socket_that_closes_is_taken,
            an_interruption_while_connecting_is_the_background,
            error_and_close_of_one_end_agree,
            a_refusal_within_the_call_is_the_calls_error,
            what_opens_late_is_closed_and_its_slot_freed,
            events_of_another_task_are_ignored,
            the_open_of_another_task_waits_for_the_own_name,
            the_name_of_the_open_event_counts_where_no_other_is_told,
            no_message_is_lost_before_the_name_is_known,
            what_waits_too_long_for_a_name_is_the_own,
            more_than_may_wait_for_a_name_fails,
            a_place_is_kept_while_its_close_may_have_been_refused,
            a_place_of_a_connection_that_never_began_is_kept_too,
            what_throws_when_shown_keeps_no_other_from_closing,
            a_rejection_alone_is_a_report,
            a_report_that_comes_twice_counts_once,
            a_close_before_open_tells_why,
            a_peer_says_its_own_words,
        }
    };
    (@tests $face:expr, $connector:expr, $sockets:expr; $($name:ident,)*) => {$(
        #[wasm_bindgen_test::wasm_bindgen_test]
        async fn $name() {
            let before = $sockets();
            $crate::vendor_table::$name($face, &$connector, &|| $sockets() - before).await;
        }
    )*};
}

/// M1: both independent hosts refuse `close` while the app is hidden.
pub async fn a_close_refused_while_hidden_is_asked_again_when_shown(
    face: Face,
    connector: &dyn SocketConnector,
    sockets: Sockets<'_>,
) {
    let (task, fake) = open(face, connector, Limits::default());
    face.hide(true);
    let closing = task.close(CloseFrame::new(4001, "bye").expect("a frame"));
    let told = Rc::new(Cell::new(false));
    let flag = Rc::clone(&told);
    wasm_bindgen_futures::spawn_local(async move {
        closing.await.expect("it closes at last");
        flag.set(true);
    });
    refuse_close(&fake, "closeSocket:fail interrupted");
    sleep(10).await;
    assert!(!told.get(), "a refusal is no success");
    assert_eq!(task.ready_state(), ReadyState::Closing);
    face.hide(false);
    assert_eq!(fake.closes_text(), "4001 bye,4001 bye");
    fake.accept_close();
    sleep(5).await;
    assert!(told.get());
    fake.close(4001, "bye");
    let end = CloseEvent::clean(Some(4001), "bye", CloseCause::Local);
    assert_eq!(task.closed().await, crate::asked(end));
    assert_eq!(sockets(), 0);
}

/// M1: what refuses for good is told, and its socket counts until it has ended.
pub async fn a_close_refused_to_the_end_fails_and_keeps_its_slot(
    face: Face,
    connector: &dyn SocketConnector,
    sockets: Sockets<'_>,
) {
    let (task, fake) = open(face, connector, patience(20));
    face.hide(true);
    let closing = task.close(CloseFrame::default());
    refuse_close(&fake, "closeSocket:fail interrupted");
    let error = closing.await.expect_err("it never closes");
    assert_eq!(error.kind(), ErrorKind::Aborted);
    assert!(error.reason().contains("interrupted"), "{error}");
    let end = CloseEvent::abnormal(CloseCause::Timeout);
    assert_eq!(task.closed().await, crate::asked(end));
    let again = asked_again(face, &fake, sockets);
    assert!(!again.is_empty(), "asked again");
}

/// `fail` of `close` can meet the server's close.
pub async fn a_refused_close_of_a_socket_that_closes_is_taken(
    face: Face,
    connector: &dyn SocketConnector,
    _sockets: Sockets<'_>,
) {
    let (task, fake) = open(face, connector, Limits::default());
    let closing = task.close(CloseFrame::default());
    refuse_close(&fake, "closeSocket:fail taskID not exist");
    closing.await.expect("it closes already");
    fake.close(4002, "theirs");
    let end = task.closed().await;
    // M3: what the host tells wins.
    assert!(
        (end.code, &*end.reason) == (4002, "theirs") || end.code == 1000,
        "{end:?}"
    );
    assert_eq!((end.cause, end.requested), (CloseCause::Local, true));
}

/// M5.
pub async fn an_interruption_while_connecting_is_the_background(
    face: Face,
    connector: &dyn SocketConnector,
    sockets: Sockets<'_>,
) {
    let (task, fake) = dial(face, connector, ConnectSocketOption::new(URL));
    face.hide(true);
    let properties = [
        ("errMsg", "connectSocket:fail interrupted".into()),
        ("errorMessage", "interrupted".into()),
    ];
    fake.tell("error", &event(properties));
    face.hide(false);
    assert_eq!(task.closed().await.cause, CloseCause::Background);
    let error = task.opened().await.expect_err("it never opens");
    assert_eq!(error.kind(), ErrorKind::Aborted);
    assert!(error.reason().contains("interrupted"), "{error}");
    assert_eq!(sockets(), 0);
}

/// M2: an error that the connection broke by, then its close in the background.
pub async fn error_and_close_of_one_end_agree(
    face: Face,
    connector: &dyn SocketConnector,
    _sockets: Sockets<'_>,
) {
    for (text, cause, kind) in [
        (
            "connection lost",
            CloseCause::Transport,
            ErrorKind::Transport,
        ),
        ("interrupted", CloseCause::Background, ErrorKind::Aborted),
    ] {
        let (task, fake) = open(face, connector, Limits::default());
        let kinds = Rc::new(Cell::new(None));
        let told = Rc::clone(&kinds);
        task.on_error(move |event| told.set(Some(event.error.kind())));
        let properties = [("errMsg", text.into()), ("errorMessage", text.into())];
        face.hide(true);
        fake.tell("error", &event(properties));
        fake.close(1006, "");
        face.hide(false);
        assert_eq!(task.closed().await, CloseEvent::abnormal(cause));
        assert_eq!(kinds.get(), Some(kind));
    }
}

/// Some refusals come before the call returns, some without a task.
pub async fn a_refusal_within_the_call_is_the_calls_error(
    face: Face,
    connector: &dyn SocketConnector,
    sockets: Sockets<'_>,
) {
    let text = "connectSocket:fail fail reach max websocket connect count 5";
    let refusal = event([("errMsg", text.into()), ("errorMessage", text.into())]);
    for without_task in [false, true] {
        face.install();
        face.refuse(&refusal);
        face.give_no_task(without_task);
        let refused = connect_now(connector, ConnectSocketOption::new(URL));
        let error = refused.expect_err("refused");
        assert_eq!(error.kind(), ErrorKind::LimitExceeded, "{error}");
        assert!(error.reason().contains(text), "{error}");
        assert_eq!(sockets(), 0);
    }
}

/// What was given up while connecting, and opens all the same.
pub async fn what_opens_late_is_closed_and_its_slot_freed(
    face: Face,
    connector: &dyn SocketConnector,
    sockets: Sockets<'_>,
) {
    let (task, fake) = dial(face, connector, ConnectSocketOption::new(URL));
    task.close(CloseFrame::default()).await.expect("given up");
    let end = CloseEvent::abnormal(CloseCause::Local);
    assert_eq!(task.closed().await, crate::asked(end));
    assert_eq!(sockets(), 1, "the host still connects");
    fake.open();
    assert_eq!(fake.closes_text(), "1000 ,1000 ");
    fake.close(1000, "");
    assert_eq!((sockets(), fake.listener_count()), (0, 0));
}

/// Kind 11: one vendor's own code tells each task the errors of all of them.
pub async fn events_of_another_task_are_ignored(
    face: Face,
    connector: &dyn SocketConnector,
    _sockets: Sockets<'_>,
) {
    let (task, fake) = open(face, connector, Limits::default());
    let heard = Rc::new(Cell::new(0));
    let count = Rc::clone(&heard);
    task.on_message(move |_| count.set(count.get() + 1));
    for name in ["error", "message", "close"] {
        fake.say_as(name, &event([("data", "x".into())]), "another");
    }
    assert_eq!((task.ready_state(), heard.get()), (ReadyState::Open, 0));
    fake.message("own");
    assert_eq!(heard.get(), 1);
    fake.close(1000, "");
    assert!(task.closed().await.was_clean);
}
