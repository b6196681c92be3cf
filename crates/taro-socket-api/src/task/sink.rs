//! The messages of a task as a sink.

use std::{
    future::Future,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
};

use futures_core::ready;
use futures_sink::Sink;

use super::{Closed, Opened, Sending, SocketTask};
use crate::{CloseFrame, Error, Message, Result};

/// Sink of [`sink`](trait.SocketTask.html#method.sink), with the back-pressure of
/// [`send`](trait.SocketTask.html#method.send). It keeps the task alive.
#[derive(Debug)]
#[must_use = "sinks do nothing unless polled"]
pub struct MessageSink {
    task: Arc<dyn SocketTask>,
    /// Until the connection is open.
    opening: Option<Opened>,
    /// The message before, until the next may be sent.
    sending: Option<Sending>,
    flushing: Option<Sending>,
    closing: Option<Closed>,
}

impl MessageSink {
    pub(super) fn new(task: Arc<dyn SocketTask>) -> Self {
        Self {
            opening: Some(task.opened()),
            task,
            sending: None,
            flushing: None,
            closing: None,
        }
    }
}

/// Polls what there may be, and takes it away once it is done.
fn poll_done<T>(
    waiting: &mut Option<impl Future<Output = Result<T>> + Unpin>,
    cx: &mut Context<'_>,
) -> Poll<Result<()>> {
    let Some(future) = waiting else {
        return Poll::Ready(Ok(()));
    };
    let done = ready!(Pin::new(future).poll(cx));
    *waiting = None;
    Poll::Ready(done.map(drop))
}

/// # Errors
///
/// Those of [`opened`](trait.SocketTask.html#method.opened), [`send`](trait.SocketTask.html#method.send) and
/// [`flush`](trait.SocketTask.html#method.flush).
impl Sink<Message> for MessageSink {
    type Error = Error;

    /// Waits until the connection is open and the send queue is low enough.
    fn poll_ready(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Result<()>> {
        ready!(poll_done(&mut self.opening, cx))?;
        poll_done(&mut self.sending, cx)
    }

    /// Queues the message; without `poll_ready` before it, it does so without waiting.
    fn start_send(mut self: Pin<&mut Self>, message: Message) -> Result<()> {
        let mut sending = self.task.send(message);
        sending.take_error().map_or(Ok(()), Err)?;
        self.sending = Some(sending);
        Ok(())
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Result<()>> {
        ready!(self.as_mut().poll_ready(cx))?;
        if self.flushing.is_none() {
            self.flushing = Some(self.task.flush());
        }
        poll_done(&mut self.flushing, cx)
    }

    /// Closes with code 1000 behind all messages, and waits for the end. While connecting it gives up.
    fn poll_close(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Result<()>> {
        let this = &mut *self;
        if this.closing.is_none() {
            drop(this.task.close(CloseFrame::default()));
        }
        let closing = this.closing.get_or_insert_with(|| this.task.closed());
        Pin::new(closing).poll(cx).map(|_| Ok(()))
    }
}
