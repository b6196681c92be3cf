//! The messages of a task as a sink.

use std::{
    future::Future,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
};

use futures_core::ready;
use futures_sink::Sink;

use super::{Opened, Sending, SocketTask, futures::Ended};
use crate::{CloseFrame, Error, ErrorKind, Message, Result};

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
    /// Whether there may be messages that have not left.
    unflushed: bool,
    flushing: Option<Sending>,
    closing: Option<Ended>,
}

impl MessageSink {
    pub(super) fn new(task: Arc<dyn SocketTask>) -> Self {
        Self {
            opening: Some(task.opened()),
            task,
            sending: None,
            unflushed: false,
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
/// A connection that failed before it was open goes on giving its error. Else those of [`opened`](trait.SocketTask.html#method.opened), [`send`](trait.SocketTask.html#method.send) and
/// [`flush`](trait.SocketTask.html#method.flush).
impl Sink<Message> for MessageSink {
    type Error = Error;

    /// Waits until the connection is open and the send queue is low enough.
    fn poll_ready(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Result<()>> {
        let opened = ready!(poll_done(&mut self.opening, cx));
        if opened.is_err() {
            self.opening = Some(self.task.opened());
        }
        opened?;
        poll_done(&mut self.sending, cx)
    }

    /// Queues the message; without `poll_ready` before it, it does so without waiting.
    fn start_send(mut self: Pin<&mut Self>, message: Message) -> Result<()> {
        let mut sending = self.task.send(message);
        sending.take_error().map_or(Ok(()), Err)?;
        (self.sending, self.unflushed) = (Some(sending), true);
        Ok(())
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Result<()>> {
        if !self.unflushed {
            return Poll::Ready(Ok(()));
        }
        ready!(self.as_mut().poll_ready(cx))?;
        let this = &mut *self;
        this.flushing.get_or_insert_with(|| this.task.flush());
        let flushed = ready!(poll_done(&mut this.flushing, cx));
        this.unflushed = false;
        Poll::Ready(flushed)
    }

    /// Waits until all messages have left, closes with code 1000, and waits for the end. While connecting it gives up.
    /// After an error it closes all the same.
    fn poll_close(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Result<()>> {
        if self.closing.is_none() {
            let flushed = ready!(self.as_mut().poll_flush(cx));
            self.unflushed = false;
            drop(self.task.close(CloseFrame::default()));
            self.closing = Some(Ended::new(self.task.core()));
            match flushed {
                // A connector that cannot tell sends the close behind all messages too.
                Err(error) if error.kind() != ErrorKind::Unsupported => {
                    return Poll::Ready(Err(error));
                }
                _ => {}
            }
        }
        poll_done(&mut self.closing, cx)
    }
}
