//! The report of one send or close.

use std::{fmt, mem, sync::Arc};

use futures_channel::oneshot;

use crate::{Error, ErrorKind, MaybeSend, Result, callback::Callbacks, core::Shared};

/// Reports exactly once how a send or close went.
///
/// For adapter authors: keep it with the queued action and call [`succeed`](Self::succeed)
/// or [`fail`](Self::fail), never while a lock is held, since both may run the user's code.
/// Dropped unreported it reports [`ErrorKind::Aborted`].
#[must_use = "dropping a completion reports ErrorKind::Aborted"]
pub struct Completion(Option<Box<dyn Listener>>);

/// Who is told how a send or close went. Errors are told of the verb that was called.
pub(crate) trait Listener: MaybeSend {
    fn told(self: Box<Self>, result: Result<()>);
}

impl Completion {
    /// A completion that nobody listens to; it allocates nothing.
    pub const fn none() -> Self {
        Self(None)
    }

    /// Reports by these callbacks, in turn with all that `task` tells.
    pub(crate) fn callbacks(api: &'static str, callbacks: Callbacks, task: &Arc<Shared>) -> Self {
        Self(callbacks.listener(api, task))
    }

    pub(crate) fn future(api: &'static str) -> (Self, oneshot::Receiver<Result<()>>) {
        let (sender, receiver) = oneshot::channel();
        (Self(Some(Box::new(Awaited { api, sender }))), receiver)
    }

    /// Whether nobody listens, so that the report may be skipped.
    #[must_use]
    #[inline]
    pub fn is_none(&self) -> bool {
        self.0.is_none()
    }

    /// Takes it out, and leaves one that nobody listens to.
    #[inline]
    pub fn take(&mut self) -> Self {
        mem::replace(self, Self::none())
    }

    /// Reports success: the transport has taken the action over.
    pub fn succeed(mut self) {
        if let Some(listener) = self.0.take() {
            listener.told(Ok(()));
        }
    }

    /// Reports failure; the error is told of this call's verb.
    pub fn fail(mut self, error: Error) {
        if let Some(listener) = self.0.take() {
            listener.told(Err(error));
        }
    }
}

/// A future waits for the report.
struct Awaited {
    api: &'static str,
    sender: oneshot::Sender<Result<()>>,
}

impl Listener for Awaited {
    fn told(self: Box<Self>, result: Result<()>) {
        // A dropped receiver means that the caller does not want to know.
        let _ = self
            .sender
            .send(result.map_err(|error| error.in_api(self.api)));
    }
}

impl Drop for Completion {
    #[inline]
    fn drop(&mut self) {
        // Asked where it is dropped: mostly nobody listens.
        if self.0.is_some() {
            abort(self.take());
        }
    }
}

fn abort(done: Completion) {
    let text = "the connection ended before the action was carried out";
    done.fail(Error::new(ErrorKind::Aborted, text));
}

impl fmt::Debug for Completion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Completion")
            .field("is_none", &self.is_none())
            .finish_non_exhaustive()
    }
}
