//! The report of one send or close.

use futures_channel::oneshot;

use crate::{Error, ErrorKind, Result, callback::Callbacks};

/// Reports exactly once how a send or close went.
///
/// For adapter authors: keep it with the queued action and call [`succeed`](Self::succeed)
/// or [`fail`](Self::fail), never while a lock is held, since both may run the user's code.
/// Dropped unreported it reports [`ErrorKind::Aborted`].
#[derive(Debug)]
#[must_use = "dropping a completion reports ErrorKind::Aborted"]
pub struct Completion {
    api: &'static str,
    listener: Listener,
}

#[derive(Debug)]
enum Listener {
    Nobody,
    Callbacks(Box<Callbacks>),
    Future(oneshot::Sender<Result<()>>),
}

impl Completion {
    /// A completion that nobody listens to; it allocates nothing.
    pub fn none() -> Self {
        Self {
            api: "",
            listener: Listener::Nobody,
        }
    }

    pub(crate) fn callbacks(api: &'static str, callbacks: Callbacks) -> Self {
        if callbacks.is_empty() {
            return Self::none();
        }
        Self {
            api,
            listener: Listener::Callbacks(Box::new(callbacks)),
        }
    }

    pub(crate) fn future(api: &'static str) -> (Self, oneshot::Receiver<Result<()>>) {
        let (sender, receiver) = oneshot::channel();
        let listener = Listener::Future(sender);
        (Self { api, listener }, receiver)
    }

    /// Whether nobody listens, so that the report may be skipped.
    #[must_use]
    pub fn is_none(&self) -> bool {
        matches!(self.listener, Listener::Nobody)
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
        match std::mem::replace(&mut self.listener, Listener::Nobody) {
            Listener::Nobody => {}
            Listener::Callbacks(callbacks) => callbacks.settle(self.api, result.map(|()| None)),
            // A dropped receiver means that the caller does not want to know.
            Listener::Future(sender) => drop(sender.send(result)),
        }
    }
}

impl Drop for Completion {
    fn drop(&mut self) {
        let listener = std::mem::replace(&mut self.listener, Listener::Nobody);
        if !matches!(listener, Listener::Nobody) {
            let abandoned = Self {
                api: self.api,
                listener,
            };
            let text = "the connection ended before the action was carried out";
            abandoned.fail(Error::new(ErrorKind::Aborted, text));
        }
    }
}
