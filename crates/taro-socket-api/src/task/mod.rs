//! A WebSocket connection.

mod futures;
mod sink;
mod stream;
mod verbs;

use std::fmt;

pub use futures::{Closed, Opened, Sending};
pub use sink::MessageSink;
pub use stream::EventStream;

use crate::{CloseFrame, Completion, Error, ErrorKind, MaybeSend, MaybeSync, Message, TaskCore};

/// A WebSocket connection, shaped after Taro's `SocketTask`.
///
/// # For users
///
/// Everything you call is an inherent method of `dyn SocketTask` and listed further down: Taro's
/// callbacks ([`on_open`](#method.on_open), [`on_message`](#method.on_message),
/// [`on_error`](#method.on_error), [`on_close`](#method.on_close), [`send_with`](#method.send_with),
/// [`close_with`](#method.close_with)), Rust's futures ([`opened`](#method.opened), [`send`](#method.send),
/// [`close`](#method.close), [`closed`](#method.closed)) and the stream [`events`](#method.events). Do not
/// call the trait's own methods: they check nothing.
///
/// A task ends with exactly one close; an error, if there is one, comes right before it, and nothing comes
/// after. Open, error and close stay: whoever asks later gets the same event. Messages wait, within
/// [`Limits`](crate::Limits), until somebody consumes them.
///
/// In signatures write `&dyn SocketTask` or `Arc<dyn SocketTask>`, not a type parameter: the methods are those of
/// the trait object.
///
/// There is one handler per event; registering another replaces it, and it is told what has already
/// happened. [`events`](#method.events) may be taken any number of times. Handlers and the callbacks of sends and
/// closes run one at a time, on the connection's driver where there is one, and may call any method of the task:
/// what that causes is told when they have returned. A panic in one of them ends in that call.
///
/// Dropping the last handle closes the connection with code 1000; [`detach`](#method.detach) prevents that.
/// A handler that holds the task keeps it alive until the connection ends: hold
/// [`Arc::downgrade`](std::sync::Arc::downgrade) of it instead where the connection may never end.
///
/// # For adapter authors
///
/// Three methods are required. `start_send` and `start_close` are called by the inherent methods after their
/// checks: `start_send` only in state Open and within the limits, `start_close` once. `start_flush` and
/// `start_abort` have defaults, which every adapter of this project replaces.
pub trait SocketTask: fmt::Debug + MaybeSend + MaybeSync + 'static {
    /// The state machine of this task.
    fn core(&self) -> &TaskCore;

    /// Queues `message` and reports through `done` once the transport has taken it over.
    ///
    /// Does not wait, and keeps the order of calls, also with `start_close`. The payload counts as waiting
    /// until the adapter calls [`Emitter::sent`](crate::Emitter::sent).
    fn start_send(&self, message: Message, done: Completion);

    /// Starts the closing handshake behind all queued messages, or gives up connecting.
    ///
    /// Reports through `done` once the close is accepted. The end is reported by
    /// [`Emitter::closed`](crate::Emitter::closed).
    fn start_close(&self, frame: CloseFrame, done: Completion);

    /// Reports through `done` once all messages queued before have left: natively once the system has them, on
    /// other hosts once the host's own queue is rid of them, as far as it tells.
    ///
    /// The default fails with `Unsupported`.
    fn start_flush(&self, done: Completion) {
        let text = "this connector does not tell when messages have left";
        done.fail(Error::new(ErrorKind::Unsupported, text));
    }

    /// Ends the connection at once, in whatever state it is: no closing handshake, and what was not sent is given
    /// up. The end is reported by [`Emitter::closed_after`](crate::Emitter::closed_after) with 1006 and
    /// [`CloseCause::Local`](crate::CloseCause::Local). It may be called more than once, and behind `start_close`.
    ///
    /// The default starts to close instead, unless that was done before: for connectors over a host that cannot
    /// let go.
    fn start_abort(&self) {
        if self.core().begin_close() {
            self.start_close(CloseFrame::default(), Completion::none());
        }
    }
}
