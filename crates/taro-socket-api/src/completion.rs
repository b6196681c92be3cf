//! The report of one send or close.

use std::{fmt, mem, sync::Arc};

use futures_channel::oneshot;

use crate::{Error, ErrorKind, Result, callback::Callbacks, core::Shared, maybe_send::BoxFnOnce};

/// Reports exactly once how a send or close went.
///
/// For adapter authors: keep it with the queued action and call [`succeed`](Self::succeed)
/// or [`fail`](Self::fail), never while a lock is held, since both may run the user's code.
/// Dropped unreported it reports [`ErrorKind::Aborted`].
#[must_use = "dropping a completion reports ErrorKind::Aborted"]
pub struct Completion(Option<BoxFnOnce<Result<()>>>);

impl Completion {
    /// A completion that nobody listens to; it allocates nothing.
    pub const fn none() -> Self {
        Self(None)
    }

    /// Reports by these callbacks, in turn with all that `task` tells.
    pub(crate) fn callbacks(api: &'static str, callbacks: Callbacks, task: &Arc<Shared>) -> Self {
        if callbacks.is_empty() {
            return Self::none();
        }
        let task = Arc::clone(task);
        Self(Some(Box::new(move |result| {
            callbacks.settle_in(&task, api, of_verb(api, result));
        })))
    }

    pub(crate) fn future(api: &'static str) -> (Self, oneshot::Receiver<Result<()>>) {
        let (sender, receiver) = oneshot::channel();
        let tell = move |result| {
            // A dropped receiver means that the caller does not want to know.
            drop(sender.send(of_verb(api, result)));
        };
        (Self(Some(Box::new(tell))), receiver)
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
            listener(Ok(()));
        }
    }

    /// Reports failure; the error is told of this call's verb.
    pub fn fail(mut self, error: Error) {
        if let Some(listener) = self.0.take() {
            listener(Err(error));
        }
    }
}

/// An error is told of the verb that was called.
fn of_verb(api: &'static str, result: Result<()>) -> Result<()> {
    result.map_err(|error| error.in_api(api))
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
