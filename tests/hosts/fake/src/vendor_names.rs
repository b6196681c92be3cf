//! Hosts that tell one task of all of them: whose an event is.

use std::{cell::RefCell, rc::Rc, sync::Arc};

use taro_socket_api::{
    CloseCause, ConnectSocketOption, ErrorKind, Limits, ReadyState, SocketConnector, SocketTask,
    connect_now,
};

use crate::{
    Face, Fake, Naming, Open, event, open, sleep,
    vendor_support::{Sockets, URL},
};

/// A task that is connecting, of a host that names tasks in this way.
fn dial(face: Face, connector: &dyn SocketConnector, naming: Naming, limits: Limits) -> Open {
    face.install();
    face.naming(naming);
    let option = ConnectSocketOption::new(URL).limits(limits);
    let task = connect_now(connector, option).expect("the fake is made");
    (task, Fake::last())
}

/// The messages, and the code of the close.
fn heard(task: &Arc<dyn SocketTask>) -> Rc<RefCell<Vec<String>>> {
    let heard = Rc::<RefCell<Vec<String>>>::default();
    let own = Rc::clone(&heard);
    task.on_message(move |event| {
        let text = event.data.as_text().unwrap_or_default().to_owned();
        own.borrow_mut().push(text);
    });
    let own = Rc::clone(&heard);
    task.on_close(move |event| own.borrow_mut().push(event.code.to_string()));
    heard
}

/// With two tasks under way the first open event may be the other's.
pub async fn the_open_of_another_task_waits_for_the_own_name(
    face: Face,
    connector: &dyn SocketConnector,
    _sockets: Sockets<'_>,
) {
    let (other, others) = open(face, connector, Limits::default());
    let (task, fake) = dial(face, connector, Naming::Later, Limits::default());
    let heard = heard(&task);
    fake.say_as("open", &event([]), "another");
    fake.say_as("error", &event([("errMsg", "x".into())]), "another");
    assert_eq!(task.ready_state(), ReadyState::Connecting);
    fake.tell_name();
    assert_eq!(task.ready_state(), ReadyState::Connecting);
    fake.open();
    assert_eq!(task.ready_state(), ReadyState::Open);
    fake.message("own");
    fake.say_as("message", &event([("data", "foreign".into())]), "another");
    assert_eq!(*heard.borrow(), ["own"]);
    // The own one may be the first that waits.
    let (late, fake) = dial(face, connector, Naming::Later, Limits::default());
    fake.open();
    assert_eq!(late.ready_state(), ReadyState::Connecting);
    fake.tell_name();
    assert_eq!(late.ready_state(), ReadyState::Open);
    fake.close(1000, "");
    others.close(1000, "");
    assert!(other.closed().await.was_clean && late.closed().await.was_clean);
}

/// One vendor's own code makes the names itself: `success` has none.
pub async fn the_name_of_the_open_event_counts_where_no_other_is_told(
    face: Face,
    connector: &dyn SocketConnector,
    _sockets: Sockets<'_>,
) {
    let (task, fake) = dial(face, connector, Naming::Never, Limits::default());
    fake.open();
    assert_eq!(task.ready_state(), ReadyState::Open);
    for name in ["error", "message", "close"] {
        fake.say_as(name, &event([("data", "x".into())]), "another");
    }
    assert_eq!(task.ready_state(), ReadyState::Open);
    fake.close(1000, "");
    assert!(task.closed().await.was_clean);
}

/// An open event and a close without a name, messages with one.
fn tell_many(fake: &Fake) -> Vec<String> {
    let mut told: Vec<_> = (0..40).map(|number| number.to_string()).collect();
    fake.tell("open", &event([]));
    for text in &told {
        fake.message(&**text);
    }
    fake.tell("close", &event([("code", 4001.into())]));
    told.push(String::from("4001"));
    told
}

/// All of them, in order, once the name is told.
pub async fn no_message_is_lost_before_the_name_is_known(
    face: Face,
    connector: &dyn SocketConnector,
    _sockets: Sockets<'_>,
) {
    let (task, fake) = dial(face, connector, Naming::Later, Limits::default());
    let heard = heard(&task);
    let told = tell_many(&fake);
    assert!(heard.borrow().is_empty());
    fake.tell_name();
    assert_eq!(*heard.borrow(), told);
}

/// The same where no name is ever told.
pub async fn what_waits_too_long_for_a_name_is_the_own(
    face: Face,
    connector: &dyn SocketConnector,
    _sockets: Sockets<'_>,
) {
    let (task, fake) = dial(face, connector, Naming::Later, Limits::default());
    let heard = heard(&task);
    let told = tell_many(&fake);
    task.closed().await;
    assert_eq!(*heard.borrow(), told);
}

/// Nothing is dropped unsaid.
pub async fn more_than_may_wait_for_a_name_fails(
    face: Face,
    connector: &dyn SocketConnector,
    _sockets: Sockets<'_>,
) {
    let mut limits = Limits::default();
    limits.max_buffered_messages = 3;
    let (task, fake) = dial(face, connector, Naming::Later, limits);
    let kinds = Rc::<RefCell<Vec<ErrorKind>>>::default();
    let own = Rc::clone(&kinds);
    task.on_error(move |event| own.borrow_mut().push(event.error.kind()));
    let heard = heard(&task);
    fake.tell("open", &event([]));
    for number in 0..5 {
        fake.message(number.to_string());
    }
    fake.tell_name();
    assert_eq!(task.closed().await.cause, CloseCause::Transport);
    sleep(1).await;
    assert_eq!(*kinds.borrow(), [ErrorKind::LimitExceeded]);
    assert_eq!(
        *heard.borrow(),
        ["1006"],
        "no message behind one that is lost"
    );
}
