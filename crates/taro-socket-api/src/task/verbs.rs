//! What users call: the inherent methods of `dyn SocketTask`.

use std::{sync::Arc, time::Duration};

use super::{Closed, EventStream, MessageSink, Opened, Sending, SocketTask};
use crate::{
    CloseEvent, CloseFrame, CloseOption, Completion, ErrorEvent, MaybeSend, Message, MessageEvent,
    OpenEvent, ReadyState, SendOption, SocketEvent, SocketTaskId, core::On,
};

/// Properties.
impl dyn SocketTask {
    /// Taro's constant, 0.
    pub const CONNECTING: ReadyState = ReadyState::Connecting;
    /// Taro's constant, 1.
    pub const OPEN: ReadyState = ReadyState::Open;
    /// Taro's constant, 2.
    pub const CLOSING: ReadyState = ReadyState::Closing;
    /// Taro's constant, 3.
    pub const CLOSED: ReadyState = ReadyState::Closed;

    /// Unique and increasing within the process or page, starting at 1.
    #[must_use]
    pub fn socket_task_id(&self) -> SocketTaskId {
        self.core().socket_task_id()
    }

    /// The state now. In `on_error` and `on_close` it is Closed (WHATWG WebSockets §4).
    #[must_use]
    pub fn ready_state(&self) -> ReadyState {
        self.core().ready_state()
    }

    /// Taro's `errMsg` of a task that exists: `connectSocket:ok`.
    #[must_use]
    pub fn err_msg(&self) -> &'static str {
        "connectSocket:ok"
    }

    /// The subprotocol that the server selected; `None` before open, or if none was offered.
    #[must_use]
    pub fn protocol(&self) -> Option<String> {
        self.core().protocol()
    }

    /// How long the latest Ping of [`keep_alive`](crate::ConnectSocketOption::keep_alive) waited for its Pong; `None`
    /// before the first, and without [`Capability::Ping`](crate::Capability::Ping).
    ///
    /// Pings are sent only when nothing has come for the interval, so it may be old.
    #[must_use]
    pub fn round_trip_time(&self) -> Option<Duration> {
        self.core().round_trip()
    }

    /// Payload bytes that wait to be sent, without framing (WHATWG WebSockets §3.1 `bufferedAmount`).
    #[must_use]
    pub fn buffered_amount(&self) -> u64 {
        self.core().buffered_amount()
    }
}

/// A handler of one kind of event as one of all.
macro_rules! handler {
    ($handler:ident, $kind:ident) => {
        Box::new(move |event| {
            if let SocketEvent::$kind(event) = event {
                $handler(event);
            }
        })
    };
}

/// Taro's callbacks.
impl dyn SocketTask {
    /// Calls `handler` once the connection is open; at once if it has opened before.
    pub fn on_open(&self, mut handler: impl FnMut(OpenEvent) + MaybeSend + 'static) {
        self.core().on(On::Open, handler!(handler, Open));
    }

    /// Calls `handler` with every message, those first that nobody has consumed yet.
    ///
    /// On native a handler that takes long slows the peer down (TCP) instead of filling memory.
    pub fn on_message(&self, mut handler: impl FnMut(MessageEvent) + MaybeSend + 'static) {
        self.core().on(On::Message, handler!(handler, Message));
    }

    /// Calls `handler` if the connection fails, right before the close; at once if it has failed before.
    pub fn on_error(&self, mut handler: impl FnMut(ErrorEvent) + MaybeSend + 'static) {
        self.core().on(On::Error, handler!(handler, Error));
    }

    /// Calls `handler` when the connection has ended; at once if it has ended before.
    pub fn on_close(&self, mut handler: impl FnMut(CloseEvent) + MaybeSend + 'static) {
        self.core().on(On::Close, handler!(handler, Close));
    }

    /// Sends a message and reports through the option's callbacks. Does not wait.
    ///
    /// `fail` is told `InvalidState` unless the state is Open, and `LimitExceeded` if the message does not
    /// fit in the send queue; then nothing is sent. `Aborted` means that the connection ended before the
    /// message was taken over.
    pub fn send_with(&self, option: SendOption) {
        let (message, callbacks) = option.into_parts();
        let core = self.core();
        let done = Completion::callbacks("sendSocketMessage", callbacks, core.shared());
        match core.admit(message.len()) {
            Ok(_) => self.start_send(message, done),
            Err(error) => done.fail(error),
        }
    }

    /// Closes and reports through the option's callbacks: `InvalidArgument` for a bad code or reason, and
    /// the connection stays as it was; otherwise success as with [`close`](#method.close).
    pub fn close_with(&self, option: CloseOption) {
        let (frame, callbacks) = option.into_parts();
        let done = Completion::callbacks("closeSocket", callbacks, self.core().shared());
        match frame {
            Ok(frame) => self.begin_close(frame, done),
            Err(error) => done.fail(error),
        }
    }

    fn begin_close(&self, frame: CloseFrame, done: Completion) {
        if self.core().request_close() {
            self.start_close(frame, done);
        } else {
            done.succeed();
        }
    }
}

/// Rust's futures and stream.
impl dyn SocketTask {
    /// Waits until the connection is open.
    ///
    /// # Errors
    ///
    /// The error that ended the connection before it was open; `Aborted` if it was closed by this side.
    pub fn opened(&self) -> Opened {
        Opened::new(self.core())
    }

    /// Sends a message; the future resolves once the send queue is low enough for the next one.
    ///
    /// The message is queued by the call itself, in order of calls; dropping the future does not take it
    /// back. Awaiting each send keeps at most [`Limits::send_low_water_bytes`](crate::Limits::send_low_water_bytes)
    /// and one message waiting. Accepted does not mean delivered.
    ///
    /// # Errors
    ///
    /// `InvalidState` unless the state is Open, `LimitExceeded` if the message does not fit in the send
    /// queue: nothing is sent then. `Aborted` if the connection ends before the message is taken over.
    pub fn send(&self, message: impl Into<Message>) -> Sending {
        let message = message.into();
        match self.core().admit(message.len()) {
            Ok(true) => {
                self.start_send(message, Completion::none());
                Sending::ready(Ok(()))
            }
            Ok(false) => {
                let (done, report) = Completion::future("sendSocketMessage");
                self.start_send(message, done);
                Sending::waiting(report)
            }
            Err(error) => Sending::ready(Err(error)),
        }
    }

    /// Starts to close, behind all queued messages; the future resolves once that is accepted.
    ///
    /// The end itself is [`closed`](#method.closed) and `on_close`. While connecting it gives up: the task
    /// never opens and ends with 1006. On a task that is closing or closed it has no effect and succeeds, as
    /// in WHATWG. Messages that arrive after it are not delivered.
    ///
    /// # Errors
    ///
    /// None after a valid [`CloseFrame`], unless a host refuses it.
    pub fn close(&self, frame: CloseFrame) -> Sending {
        let (done, report) = Completion::future("closeSocket");
        self.begin_close(frame, done);
        Sending::waiting(report)
    }

    /// Waits until everything sent before this call has been handed to the system (native), or has left the
    /// host's own queue as far as the host tells (JavaScript hosts).
    ///
    /// `send` only queues: a program that ends right behind it may end with messages still in its queue. What was
    /// flushed is not lost by dropping the task, nor by ending the program unless the peer is sending: systems reset
    /// a connection for which bytes come when nobody has it any more. Then [`close`](#method.close) and await
    /// [`closed`](#method.closed). Flushed does not mean delivered either: only an answer of the peer proves that,
    /// and the answer to a Close frame is one.
    ///
    /// The flush is asked for by the call itself; dropping the future takes nothing back.
    ///
    /// # Errors
    ///
    /// `InvalidState` while Connecting and after the end. `Aborted` if the connection ends before all has left.
    /// `Unsupported` from a connector that cannot tell.
    pub fn flush(&self) -> Sending {
        match self.core().may_flush() {
            Ok(()) => {
                let (done, report) = Completion::future("sendSocketMessage");
                self.start_flush(done);
                Sending::waiting(report)
            }
            Err(error) => Sending::ready(Err(error)),
        }
    }

    /// Ends the connection at once: no closing handshake, nothing that waits is sent, the close has code 1006 and
    /// cause [`Local`](crate::CloseCause::Local). For a peer that is gone, or a program that must not wait;
    /// [`close`](#method.close) is the polite way. On a task that has ended it has no effect.
    pub fn abort(&self) {
        if self.core().request_abort() {
            self.start_abort();
        }
    }

    /// Says that messages are not wanted: while there is neither a message handler nor a stream they are dropped
    /// as they come, and those that wait are dropped now.
    ///
    /// Without it the messages of a task that nobody consumes wait, and the connection fails with `LimitExceeded`
    /// once they are more than [`Limits::max_buffered_bytes`](crate::Limits::max_buffered_bytes) or
    /// [`max_buffered_messages`](crate::Limits::max_buffered_messages) allow. Pings are answered all the same.
    pub fn ignore_messages(&self) {
        self.core().ignore_messages();
    }

    /// Waits for the end. The same value before and after it.
    pub fn closed(&self) -> Closed {
        Closed::new(self.core())
    }

    /// Every event from here on: first what is latched and what nobody has consumed, last the close.
    ///
    /// The stream does not keep the task alive. Where a stream is not read, reading from the connection
    /// pauses at [`Limits::max_buffered_bytes`](crate::Limits::max_buffered_bytes); drop streams that you do not read.
    pub fn events(&self) -> EventStream {
        EventStream::new(self.core())
    }

    /// The task as a sink of messages, for code that is written for [`Sink`](futures_sink::Sink): with the
    /// back-pressure of `send().await`. It keeps the task alive. Any number of sinks may be taken.
    pub fn sink(self: &Arc<Self>) -> MessageSink {
        MessageSink::new(Arc::clone(self))
    }

    /// Keeps the connection open without a handle, until it ends by itself. Handlers go on being called.
    pub fn detach(self: Arc<Self>) {
        self.clone().core().detach(self);
    }
}
