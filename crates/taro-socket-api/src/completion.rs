//! The report of one send or close.

use std::{fmt, sync::Arc};

use futures_channel::oneshot;

use crate::{Error, ErrorKind, Result, callback::Callbacks, core::Shared, maybe_send::BoxFnOnce};

/// Reports exactly once how a send or close went.
///
/// For adapter authors: keep it with the queued action and call [`succeed`](Self::succeed)
/// or [`fail`](Self::fail), never while a lock is held, since both may run the user's code.
/// Dropped unreported it reports [`ErrorKind::Aborted`].
#[must_use = "dropping a completion reports ErrorKind::Aborted"]
pub struct Completion {
    api: &'static str,
    listener: Option<BoxFnOnce<Result<()>>>,
}

impl Completion {
    /// A completion that nobody listens to; it allocates nothing.
    pub fn none() -> Self {
        Self {
            api: "",
            listener: None,
        }
    }

    /// Reports by these callbacks, in turn with all that `task` tells.
    pub(crate) fn callbacks(api: &'static str, callbacks: Callbacks, task: &Arc<Shared>) -> Self {
        if callbacks.is_empty() {
            return Self::none();
        }
        let task = Arc::clone(task);
        let settle = move |result: Result<()>| callbacks.settle_in(&task, api, result);
        let listener: Option<BoxFnOnce<_>> = Some(Box::new(settle));
        Self { api, listener }
    }

    pub(crate) fn future(api: &'static str) -> (Self, oneshot::Receiver<Result<()>>) {
        let (sender, receiver) = oneshot::channel();
        // A dropped receiver means that the caller does not want to know.
        let tell = move |result| drop(sender.send(result));
        let listener: Option<BoxFnOnce<_>> = Some(Box::new(tell));
        (Self { api, listener }, receiver)
    }

    /// Whether nobody listens, so that the report may be skipped.
    #[must_use]
    pub fn is_none(&self) -> bool {
        self.listener.is_none()
    }

    /// Reports success: the transport has taken the action over.
    pub fn succeed(self) {
        self.report(Ok(()));
    }

    /// Reports failure; the error is told of this call's verb.
    pub fn fail(self, error: Error) {
        let api = self.api;
        self.report(Err(error.in_api(api)));
    }

    fn report(mut self, result: Result<()>) {
        if let Some(listener) = self.listener.take() {
            listener(result);
        }
    }
}

impl Drop for Completion {
    fn drop(&mut self) {
        if let Some(listener) = self.listener.take() {
            let text = "the connection ended before the action was carried out";
            listener(Err(Error::new(ErrorKind::Aborted, text).in_api(self.api)));
        }
    }
}

impl fmt::Debug for Completion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Completion")
            .field("api", &self.api)
            .finish_non_exhaustive()
    }
}
