//! Taro's `SocketTask.ws`.

use std::{cell::RefCell, rc::Rc};

use taro_socket_api::SocketTask;
use web_sys::WebSocket;

use crate::driver::Connection;

thread_local! {
    /// The connections of the tasks that exist.
    static SOCKETS: RefCell<Vec<Rc<Connection>>> = const { RefCell::new(Vec::new()) };
}

pub(crate) fn add(connection: &Rc<Connection>) {
    SOCKETS.with_borrow_mut(|sockets| sockets.push(Rc::clone(connection)));
}

pub(crate) fn remove(connection: &Rc<Connection>) {
    // Kept until the borrow has ended: dropping it may run code of the user.
    let removed = SOCKETS.with_borrow_mut(|sockets| {
        let known = |other: &Rc<Connection>| Rc::ptr_eq(other, connection);
        let at = sockets.iter().position(known)?;
        Some(sockets.swap_remove(at))
    });
    drop(removed);
}

/// The browser's own object of an H5 task; `None` for a task of another platform. Taro: `SocketTask.ws`.
///
/// For what no other platform has. The task has listeners of its own, so `onmessage` and its like are free;
/// leave `binaryType` as it is, and close the task rather than the object.
#[must_use]
pub fn ws(task: &dyn SocketTask) -> Option<WebSocket> {
    let id = task.socket_task_id();
    SOCKETS.with_borrow(|sockets| {
        let found = sockets
            .iter()
            .find(|connection| connection.socket_task_id() == id)?;
        Some(found.socket().clone())
    })
}
