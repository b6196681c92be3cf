//! The futures of a task. None of them keeps the task alive.

use std::{
    future::Future,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
};

use futures_channel::oneshot;

use crate::{
    CloseEvent, Error, ErrorKind, OpenEvent, Result, TaskCore,
    core::{Latched, Shared},
};

/// Future of [`send`](trait.SocketTask.html#method.send) and [`close`](trait.SocketTask.html#method.close).
///
/// The action has been taken already; the future only tells how it went.
#[derive(Debug)]
#[must_use = "the message is on its way; await this to learn whether it was accepted, or drop it with `let _ =`"]
pub struct Sending(State);

#[derive(Debug)]
enum State {
    Ready(Option<Result<()>>),
    Waiting(oneshot::Receiver<Result<()>>),
}

impl Sending {
    pub(super) fn ready(result: Result<()>) -> Self {
        Self(State::Ready(Some(result)))
    }

    pub(super) fn waiting(report: oneshot::Receiver<Result<()>>) -> Self {
        Self(State::Waiting(report))
    }
}

impl Sending {
    /// The error of a call that was refused at once.
    pub(super) fn take_error(&mut self) -> Option<Error> {
        match &mut self.0 {
            State::Ready(refused @ Some(Err(_))) => refused.take()?.err(),
            _ => None,
        }
    }
}

impl Future for Sending {
    type Output = Result<()>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        match &mut self.0 {
            State::Ready(result) => result.take().map_or(Poll::Pending, Poll::Ready),
            State::Waiting(report) => Pin::new(report).poll(cx).map(|told| {
                // A completion always reports, so the channel cannot be cancelled.
                told.unwrap_or_else(|_| Err(Error::new(ErrorKind::Aborted, "the report was lost")))
            }),
        }
    }
}

/// A place among those that wait for open or close.
#[derive(Debug)]
struct Waiter {
    shared: Arc<Shared>,
    ticket: Option<u64>,
}

impl Waiter {
    fn new(core: &TaskCore) -> Self {
        Self {
            shared: Arc::clone(core.shared()),
            ticket: None,
        }
    }

    fn poll<T>(&mut self, cx: &Context<'_>, ready: fn(Latched<'_>) -> Option<T>) -> Poll<T> {
        self.shared
            .poll_latched(&mut self.ticket, cx.waker(), ready)
    }
}

impl Drop for Waiter {
    fn drop(&mut self) {
        self.shared.stop_waiting(self.ticket);
    }
}

/// Future of [`opened`](trait.SocketTask.html#method.opened).
#[derive(Debug)]
#[must_use = "futures do nothing unless awaited"]
pub struct Opened(Waiter);

impl Opened {
    pub(super) fn new(core: &TaskCore) -> Self {
        Self(Waiter::new(core))
    }
}

impl Future for Opened {
    type Output = Result<OpenEvent>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        self.0.poll(cx, open_outcome)
    }
}

fn open_outcome(latched: Latched<'_>) -> Option<Result<OpenEvent>> {
    if let Some(open) = latched.open {
        return Some(Ok(open.clone()));
    }
    latched.close?;
    let closed = || Error::new(ErrorKind::Aborted, "the task was closed before it was open");
    Some(Err(latched
        .error
        .map_or_else(closed, |event| event.error.clone())))
}

/// Future of [`closed`](trait.SocketTask.html#method.closed).
#[derive(Debug)]
#[must_use = "futures do nothing unless awaited"]
pub struct Closed(Waiter);

impl Closed {
    pub(super) fn new(core: &TaskCore) -> Self {
        Self(Waiter::new(core))
    }
}

impl Future for Closed {
    type Output = CloseEvent;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        self.0.poll(cx, |latched| latched.close.cloned())
    }
}

/// The end, or the error that it came with.
#[derive(Debug)]
pub(super) struct Ended(Waiter);

impl Ended {
    pub(super) fn new(core: &TaskCore) -> Self {
        Self(Waiter::new(core))
    }
}

impl Future for Ended {
    type Output = Result<()>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        self.0.poll(cx, |latched| {
            latched.close?;
            let failed = latched.error.map(|event| Err(event.error.clone()));
            Some(failed.unwrap_or(Ok(())))
        })
    }
}
