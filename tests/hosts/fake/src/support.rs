//! What the tests of all adapters share.

use std::{cell::RefCell, rc::Rc, sync::Arc};

use taro_socket_api::{ConnectSocketOption, SocketConnector, SocketTask, connect_now};

use crate::{Face, Fake, Mode};

/// What was told, in order.
#[derive(Clone, Default)]
pub(crate) struct Log(Rc<RefCell<Vec<String>>>);

impl Log {
    pub(crate) fn note(&self, text: impl Into<String>) {
        self.0.borrow_mut().push(text.into());
    }

    pub(crate) fn take(&self) -> Vec<String> {
        self.0.take()
    }

    /// Notes all events of the task.
    pub(crate) fn of(task: &Arc<dyn SocketTask>) -> Self {
        let log = Self::default();
        let own = log.clone();
        task.on_message(move |event| own.note(event.data.as_text().unwrap_or_default()));
        let own = log.clone();
        task.on_error(move |event| own.note(format!("error {}", event.error.reason())));
        let own = log.clone();
        task.on_close(move |event| {
            own.note(format!(
                "close {} {:?} {}",
                event.code, event.cause, event.requested
            ));
        });
        log
    }
}

pub(crate) fn connect(
    face: Face,
    connector: &dyn SocketConnector,
    mode: Mode,
) -> (Arc<dyn SocketTask>, Fake) {
    face.install();
    face.behave(mode);
    let task = connect_now(connector, ConnectSocketOption::new("wss://fake.test/"));
    (task.expect("the fake is made"), Fake::last())
}

pub(crate) async fn connect_open(
    face: Face,
    connector: &dyn SocketConnector,
    mode: Mode,
) -> (Arc<dyn SocketTask>, Fake) {
    let (task, fake) = connect(face, connector, mode);
    task.opened().await.expect("it opens");
    (task, fake)
}
