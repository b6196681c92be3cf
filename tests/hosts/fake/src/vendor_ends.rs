//! How sockets of mini-programs end: places, reports by promises, reasons.

use std::{cell::RefCell, rc::Rc};

use taro_socket_api::{
    CloseCause, CloseEvent, CloseFrame, CloseOption, ConnectSocketOption, ErrorKind, Limits,
    RetryAdvice, SocketConnector, connect_now,
};
use wasm_bindgen::JsValue;

use crate::{
    Face, Fake, Mode, asked, dial, event, open, sleep,
    vendor_support::{Sockets, URL, asked_again, patience, refuse_close},
};

fn told(text: &str) -> JsValue {
    event([("errMsg", text.into()), ("errorMessage", text.into())])
}

/// An error without a close; the host refuses to close while the app is hidden, when nothing is listened to any more.
pub async fn a_place_is_kept_while_its_close_may_have_been_refused(
    face: Face,
    connector: &dyn SocketConnector,
    sockets: Sockets<'_>,
) {
    let (task, fake) = open(face, connector, Limits::default());
    face.hide(true);
    fake.tell("error", &told("interrupted"));
    assert_eq!(task.closed().await.cause, CloseCause::Background);
    refuse_close(&fake, "closeSocket:fail interrupted");
    assert_eq!(asked_again(face, &fake, sockets), ",1000 ");
}

/// The task is made, and listening to it throws.
pub async fn a_place_of_a_connection_that_never_began_is_kept_too(
    face: Face,
    connector: &dyn SocketConnector,
    sockets: Sockets<'_>,
) {
    // From the first connection on it is known whether the app is hidden.
    let (_task, fake) = open(face, connector, Limits::default());
    fake.close(1000, "");
    face.set_deaf(true);
    face.hide(true);
    let refused = connect_now(connector, ConnectSocketOption::new(URL));
    refused.expect_err("nothing can be heard of it");
    let fake = Fake::last();
    refuse_close(&fake, "closeSocket:fail interrupted");
    assert_eq!(sockets(), 1, "the host's socket lives on");
    face.hide(false);
    assert_eq!(fake.closes_text(), "1000 ,1000 ");
    assert_eq!(sockets(), 0);
}

/// Each is asked, whatever the program does when the one before has closed.
pub async fn what_throws_when_shown_keeps_no_other_from_closing(
    face: Face,
    connector: &dyn SocketConnector,
    sockets: Sockets<'_>,
) {
    let mut fakes = Vec::new();
    for _ in 0..3 {
        let (task, fake) = open(face, connector, Limits::default());
        face.hide(true);
        let close = CloseOption::new();
        task.close_with(close.success(|_| wasm_bindgen::throw_str("a fault of the program")));
        refuse_close(&fake, "closeSocket:fail interrupted");
        fakes.push(fake);
    }
    assert_eq!(sockets(), 3);
    face.behave(Mode::Sync);
    face.hide(false);
    while fakes.iter().any(|fake| fake.closes_text() != "1000 ,1000 ") {
        sleep(5).await;
    }
    fakes.iter().for_each(|fake| fake.close(1000, ""));
    assert_eq!(sockets(), 0);
}

/// No callback is called.
pub async fn a_rejection_alone_is_a_report(
    face: Face,
    connector: &dyn SocketConnector,
    _sockets: Sockets<'_>,
) {
    let (task, fake) = open(face, connector, patience(20));
    fake.reject("send", &told("sendSocketMessage:fail no"), false);
    let error = task.send("x").await.expect_err("it is not sent");
    assert!(
        error.reason().ends_with("sendSocketMessage:fail no"),
        "{error}"
    );
    assert_eq!(task.buffered_amount(), 0);
    fake.reject("close", &told("closeSocket:fail no"), false);
    let refused = task.close(CloseFrame::default()).await;
    let error = refused.expect_err("it does not close");
    assert!(error.reason().ends_with("closeSocket:fail no"), "{error}");
    let end = CloseEvent::abnormal(CloseCause::Timeout);
    assert_eq!(task.closed().await, asked(end));
    fake.close(1000, "");
    assert_eq!(face.rejections(), 0);
}

/// `fail`, and a rejection besides.
pub async fn a_report_that_comes_twice_counts_once(
    face: Face,
    connector: &dyn SocketConnector,
    sockets: Sockets<'_>,
) {
    let (task, fake) = open(face, connector, Limits::default());
    fake.reject("send", &told("sendSocketMessage:fail no"), true);
    task.send("x").await.expect_err("it is not sent");
    sleep(1).await;
    assert_eq!(task.buffered_amount(), 0);
    face.hide(true);
    fake.reject("close", &told("closeSocket:fail interrupted"), true);
    drop(task.close(CloseFrame::default()));
    sleep(1).await;
    assert_eq!(fake.closes_text(), "1000 ");
    face.hide(false);
    // Refused again, twice, though the app is shown: asked once more at once, and no oftener.
    sleep(1).await;
    assert_eq!(fake.closes_text(), "1000 ,1000 ,1000 ");
    fake.close(1000, "");
    let end = CloseEvent::clean(Some(1000), "", CloseCause::Local);
    assert_eq!(task.closed().await, asked(end));
    assert_eq!((sockets(), face.rejections()), (0, 0));
}

/// Whatever the code.
pub async fn a_close_before_open_tells_why(
    face: Face,
    connector: &dyn SocketConnector,
    sockets: Sockets<'_>,
) {
    let refusal = "Unexpected server response: 403";
    for (code, reason, kind, status) in [
        (1006, refusal, ErrorKind::Handshake, Some(403)),
        (1000, refusal, ErrorKind::Handshake, Some(403)),
        (1001, "socket hang up", ErrorKind::Handshake, None),
        (1006, "invalid url", ErrorKind::InvalidArgument, None),
        (1006, "abnormal closure", ErrorKind::Transport, None),
    ] {
        let (task, fake) = dial(face, connector, ConnectSocketOption::new(URL));
        fake.close(code, reason);
        let error = task.opened().await.expect_err("it never opens");
        assert_eq!((error.kind(), error.status()), (kind, status), "{error}");
        assert!(error.reason().contains(reason), "{error}");
        let never = status.is_some() || kind == ErrorKind::InvalidArgument;
        assert_eq!(error.retry() == RetryAdvice::Never, never, "{error}");
        assert_eq!(task.closed().await.code, 1006);
    }
    assert_eq!(sockets(), 0);
}

/// A close code that only a peer can have chosen, with a reason that a host uses too.
pub async fn a_peer_says_its_own_words(
    face: Face,
    connector: &dyn SocketConnector,
    _sockets: Sockets<'_>,
) {
    for reason in ["interrupted", "Stream end encountered"] {
        let (task, fake) = open(face, connector, Limits::default());
        let errors = Rc::new(RefCell::new(0));
        let count = Rc::clone(&errors);
        task.on_error(move |_| *count.borrow_mut() += 1);
        fake.close(4001, reason);
        let end = CloseEvent::clean(Some(4001), reason, CloseCause::Remote);
        assert_eq!(task.closed().await, end);
        assert_eq!(*errors.borrow(), 0, "{reason}");
    }
}
