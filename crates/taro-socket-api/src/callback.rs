//! Taro's callback results, and the three callbacks of a call.

use std::{fmt, sync::Arc};

use crate::{
    Error, Result, SocketTaskId,
    completion::Listener,
    core::{Shared, report},
    maybe_send::{BoxFnOnce, MaybeSend},
    panics::contain_panic,
    text::concat,
};

/// The setters of Taro's three callbacks, for an option with a field `callbacks`.
macro_rules! callback_setters {
    (success: $success:literal, fail: $fail:literal) => {
        #[doc = $success]
        #[must_use]
        pub fn success(
            mut self,
            call: impl FnOnce($crate::CallbackResult) + $crate::MaybeSend + 'static,
        ) -> Self {
            self.callbacks.success(call);
            self
        }

        #[doc = $fail]
        #[must_use]
        pub fn fail(
            mut self,
            call: impl FnOnce($crate::Error) + $crate::MaybeSend + 'static,
        ) -> Self {
            self.callbacks.fail(call);
            self
        }

        /// Called after `success` or `fail`, with the same result.
        #[must_use]
        pub fn complete(
            mut self,
            call: impl FnOnce($crate::CallbackResult) + $crate::MaybeSend + 'static,
        ) -> Self {
            self.callbacks.complete(call);
            self
        }
    };
}

pub(crate) use callback_setters;

/// What `success` and `complete` are told. Taro: `{ errMsg }`.
#[derive(Clone, Debug)]
pub struct CallbackResult {
    api: &'static str,
    error: Option<Error>,
    socket_task_id: Option<SocketTaskId>,
}

impl CallbackResult {
    /// `"{api}:ok"`, or the error's `err_msg`.
    #[must_use]
    pub fn err_msg(&self) -> String {
        match &self.error {
            None => concat(&[self.api, ":ok"]),
            Some(error) => error.err_msg(),
        }
    }

    /// The error, if the call failed.
    #[must_use]
    pub fn error(&self) -> Option<&Error> {
        self.error.as_ref()
    }

    /// The task's id, told by `connect_socket` only.
    #[must_use]
    pub fn socket_task_id(&self) -> Option<SocketTaskId> {
        self.socket_task_id
    }
}

/// Taro's `success`, `fail` and `complete` of one call: one pointer, which is null where none is set.
#[derive(Default)]
pub(crate) struct Callbacks(Option<Box<Set>>);

/// Those that were set.
struct Set {
    success: Option<BoxFnOnce<CallbackResult>>,
    fail: Option<BoxFnOnce<Error>>,
    complete: Option<BoxFnOnce<CallbackResult>>,
    /// The verb that is told, in turn with all that the task tells, if there is one.
    api: &'static str,
    task: Option<Arc<Shared>>,
    /// Set together with the first callback: who sets none does not carry the code.
    settle: Settle,
}

type Settle = fn(Box<Set>, Result<Option<SocketTaskId>>);

impl Callbacks {
    pub(crate) fn success(&mut self, call: impl FnOnce(CallbackResult) + MaybeSend + 'static) {
        self.set().success = Some(Box::new(call));
    }

    pub(crate) fn fail(&mut self, call: impl FnOnce(Error) + MaybeSend + 'static) {
        self.set().fail = Some(Box::new(call));
    }

    pub(crate) fn complete(&mut self, call: impl FnOnce(CallbackResult) + MaybeSend + 'static) {
        self.set().complete = Some(Box::new(call));
    }

    fn set(&mut self) -> &mut Set {
        self.0.get_or_insert_with(|| {
            Box::new(Set {
                success: None,
                fail: None,
                complete: None,
                api: "",
                task: None,
                settle,
            })
        })
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_none()
    }

    /// Calls `success` or `fail`, then `complete`, with the same result.
    pub(crate) fn settle(self, api: &'static str, result: Result<Option<SocketTaskId>>) {
        if let Some(mut set) = self.0 {
            set.api = api;
            (set.settle)(set, result);
        }
    }

    /// Who is told of a call on `task`: a callback that causes another is not called within it.
    #[inline]
    pub(crate) fn listener(
        self,
        api: &'static str,
        task: &Arc<Shared>,
    ) -> Option<Box<dyn Listener>> {
        self.0.map(|set| set.listener(api, task))
    }
}

impl Set {
    fn listener(mut self: Box<Self>, api: &'static str, task: &Arc<Shared>) -> Box<dyn Listener> {
        self.api = api;
        self.task = Some(Arc::clone(task));
        self
    }
}

impl Listener for Set {
    fn told(self: Box<Self>, result: Result<()>) {
        (self.settle)(self, result.map(|()| None));
    }
}

/// Callbacks whose turn has not come, and what they are to be told.
pub(crate) struct Report(Box<Set>, Result<Option<SocketTaskId>>);

impl Report {
    pub(crate) fn tell(self) {
        (self.0.settle)(self.0, self.1);
    }
}

fn settle(mut set: Box<Set>, result: Result<Option<SocketTaskId>>) {
    match set.task.take() {
        Some(task) => report(&task, Report(set, result)),
        None => tell_all(*set, result),
    }
}

fn tell_all(set: Set, result: Result<Option<SocketTaskId>>) {
    let (socket_task_id, error) = match result {
        Ok(id) => (id, None),
        Err(error) => (None, Some(error.in_api(set.api))),
    };
    let told = CallbackResult {
        api: set.api,
        error,
        socket_task_id,
    };
    match told.error.clone() {
        None => {
            tell(set.success, || told.clone());
            contain_panic(|| drop(set.fail));
        }
        Some(error) => {
            tell(set.fail, || error);
            contain_panic(|| drop(set.success));
        }
    }
    tell(set.complete, || told);
}

/// Calls the callback if there is one; its panic ends there, so that the next is called all the same.
fn tell<T>(callback: Option<BoxFnOnce<T>>, told: impl FnOnce() -> T) {
    if let Some(callback) = callback {
        contain_panic(|| callback(told()));
    }
}

impl fmt::Debug for Callbacks {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let set = self.0.as_deref();
        f.debug_struct("Callbacks")
            .field("success", &set.is_some_and(|set| set.success.is_some()))
            .field("fail", &set.is_some_and(|set| set.fail.is_some()))
            .field("complete", &set.is_some_and(|set| set.complete.is_some()))
            .finish()
    }
}
