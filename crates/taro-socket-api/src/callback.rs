//! Taro's callback results, and the three callbacks of a call.

use crate::{
    Error, Result, SocketTaskId,
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

/// Taro's `success`, `fail` and `complete` of one call.
#[derive(Default)]
pub(crate) struct Callbacks {
    success: Option<BoxFnOnce<CallbackResult>>,
    fail: Option<BoxFnOnce<Error>>,
    complete: Option<BoxFnOnce<CallbackResult>>,
    /// Set together with the first callback: who sets none does not carry the code.
    settle: Option<Settle>,
}

/// Tells the callbacks, in turn with all that the task tells, if there is one.
type Settle = fn(Callbacks, Option<&Shared>, &'static str, Result<Option<SocketTaskId>>);

impl Callbacks {
    pub(crate) fn success(&mut self, call: impl FnOnce(CallbackResult) + MaybeSend + 'static) {
        self.success = Some(Box::new(call));
        self.settle = Some(settle);
    }

    pub(crate) fn fail(&mut self, call: impl FnOnce(Error) + MaybeSend + 'static) {
        self.fail = Some(Box::new(call));
        self.settle = Some(settle);
    }

    pub(crate) fn complete(&mut self, call: impl FnOnce(CallbackResult) + MaybeSend + 'static) {
        self.complete = Some(Box::new(call));
        self.settle = Some(settle);
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.settle.is_none()
    }

    /// Calls `success` or `fail`, then `complete`, with the same result.
    pub(crate) fn settle(self, api: &'static str, result: Result<Option<SocketTaskId>>) {
        if let Some(settle) = self.settle {
            settle(self, None, api, result);
        }
    }

    /// As [`settle`](Self::settle), of a task: a callback that causes another is not called within it.
    pub(crate) fn settle_in(self, task: &Shared, api: &'static str, result: Result<()>) {
        if let Some(settle) = self.settle {
            settle(self, Some(task), api, result.map(|()| None));
        }
    }
}

fn settle(
    callbacks: Callbacks,
    task: Option<&Shared>,
    api: &'static str,
    result: Result<Option<SocketTaskId>>,
) {
    match task {
        Some(task) => report(task, Box::new(move || tell_all(callbacks, api, result))),
        None => tell_all(callbacks, api, result),
    }
}

fn tell_all(callbacks: Callbacks, api: &'static str, result: Result<Option<SocketTaskId>>) {
    let (socket_task_id, error) = match result {
        Ok(id) => (id, None),
        Err(error) => (None, Some(error)),
    };
    let told = CallbackResult {
        api,
        error,
        socket_task_id,
    };
    match told.error.clone() {
        None => {
            tell(callbacks.success, || told.clone());
            contain_panic(|| drop(callbacks.fail));
        }
        Some(error) => {
            tell(callbacks.fail, || error);
            contain_panic(|| drop(callbacks.success));
        }
    }
    tell(callbacks.complete, || told);
}

/// Calls the callback if there is one; its panic ends there, so that the next is called all the same.
fn tell<T>(callback: Option<BoxFnOnce<T>>, told: impl FnOnce() -> T) {
    if let Some(callback) = callback {
        contain_panic(|| callback(told()));
    }
}

impl std::fmt::Debug for Callbacks {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Callbacks")
            .field("success", &self.success.is_some())
            .field("fail", &self.fail.is_some())
            .field("complete", &self.complete.is_some())
            .finish()
    }
}
