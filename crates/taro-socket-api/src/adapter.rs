//! What authors of adapters and connectors use, and users do not.

pub use crate::{
    after::After,
    completion::Completion,
    core::{Acceptance, Batch, Emitter, Flow, TaskCore},
    host_socket::HostSocket,
    maybe_send::Lock,
    option::ConnectRequest,
};

use crate::{Error, ErrorKind};

/// The error of [`connect_socket_now`](crate::SocketConnector::connect_socket_now) of a connector that has to wait
/// before its task exists.
#[must_use]
pub fn must_wait() -> Error {
    Error::new(
        ErrorKind::HostUnavailable,
        "this connector makes its tasks later: await `connect_with`",
    )
}

/// The error of a connection whose messages nobody consumes; see [`Flow::Overflow`].
#[must_use]
pub fn overflow() -> Error {
    let text = "messages wait unread beyond Limits::max_buffered_bytes or max_buffered_messages, and nobody \
                consumes them: use on_message, events, or ignore_messages";
    Error::new(ErrorKind::LimitExceeded, text)
}
