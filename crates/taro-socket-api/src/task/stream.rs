//! The events of a task as a stream.

use std::{
    collections::VecDeque,
    fmt,
    future::poll_fn,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
};

use futures_core::{FusedStream, Stream};

use crate::{
    SocketEvent, TaskCore,
    core::{Shared, StreamQueue},
};

/// Stream of [`events`](trait.SocketTask.html#method.events): ends after the close.
pub struct EventStream {
    shared: Arc<Shared>,
    queue: Arc<StreamQueue>,
    batch: VecDeque<SocketEvent>,
    ended: bool,
}

impl EventStream {
    pub(super) fn new(core: &TaskCore) -> Self {
        let queue = core.subscribe();
        let shared = Arc::clone(core.shared());
        Self {
            shared,
            queue,
            batch: VecDeque::new(),
            ended: false,
        }
    }

    /// The next event; `None` after the close. Dropping the future loses nothing.
    #[allow(
        clippy::should_implement_trait,
        reason = "the async counterpart of Iterator::next"
    )]
    pub async fn next(&mut self) -> Option<SocketEvent> {
        poll_fn(|cx| Pin::new(&mut *self).poll_next(cx)).await
    }
}

impl Stream for EventStream {
    type Item = SocketEvent;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = &mut *self;
        if let Some(event) = this.batch.pop_front() {
            return Poll::Ready(Some(event));
        }
        match this.queue.poll_take(&mut this.batch, cx) {
            Poll::Ready(true) => {
                this.shared.wake_driver();
                Poll::Ready(this.batch.pop_front())
            }
            Poll::Ready(false) => {
                this.ended = true;
                Poll::Ready(None)
            }
            Poll::Pending => Poll::Pending,
        }
    }
}

/// Terminated once it has given `None`, which stays.
impl FusedStream for EventStream {
    fn is_terminated(&self) -> bool {
        self.ended
    }
}

impl Drop for EventStream {
    fn drop(&mut self) {
        self.shared.remove_stream(&self.queue);
    }
}

/// What waits is not shown: it may be long, and secret.
impl fmt::Debug for EventStream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EventStream")
            .field("task", &self.shared.id)
            .field("ended", &self.ended)
            .finish_non_exhaustive()
    }
}
