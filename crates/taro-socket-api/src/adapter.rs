//! What authors of adapters and connectors use, and users do not.

pub use crate::{
    after::After,
    completion::Completion,
    core::{Acceptance, Batch, Emitter, Flow, TaskCore},
    host_socket::HostSocket,
    maybe_send::Lock,
    option::ConnectRequest,
};

use crate::{Error, ErrorKind, Header, Result};

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

/// Whether a field can be added to `header`, by the rule of
/// [`ConnectSocketOption::header`](crate::ConnectSocketOption::header): for requests that an adapter makes itself.
///
/// # Errors
///
/// `InvalidArgument`: the name is no token, is set by the request itself, or is there already; the value has a control
/// character, or blanks around it. The text never repeats the value.
pub fn check_field(header: &Header, name: &str, value: &str) -> Result<()> {
    header.check(name, value)
}
