//! What makes tasks.

use std::{fmt, sync::Arc};

use async_trait::async_trait;

use crate::{
    CapabilitySet, ConnectRequest, ConnectSocketOption, MaybeSend, MaybeSync, Platform, Result,
    SocketTask, SocketUrl, callback::Callbacks,
};

/// Makes tasks on one platform.
///
/// For users: call [`connect_with`], or `connect_socket` of the crate `taro-socket`.
///
/// For adapter authors: the request is checked already. Decorators (reconnect, tracing)
/// implement this trait around another connector.
#[cfg_attr(all(target_family = "wasm", target_os = "unknown"), async_trait(?Send))]
#[cfg_attr(not(all(target_family = "wasm", target_os = "unknown")), async_trait)]
pub trait SocketConnector: fmt::Debug + MaybeSend + MaybeSync + 'static {
    /// The platform of the tasks made.
    fn platform(&self) -> Platform;

    /// What the platform can do. Each member is proved by a conformance case, each absence by its refusal.
    fn capabilities(&self) -> CapabilitySet;

    /// Parses the URL of an option. The rule is one, [`SocketUrl`] says it; whose parser follows it is the platform's
    /// choice: the default is [`SocketUrl::parse`]. A decorator asks the connector that it decorates.
    ///
    /// # Errors
    ///
    /// `InvalidArgument` with what is wrong.
    fn parse_url(&self, url: &str) -> Result<SocketUrl> {
        SocketUrl::parse(url)
    }

    /// Makes a task in state Connecting and starts to connect. It does not wait.
    ///
    /// # Errors
    ///
    /// Only what prevents a task from existing: `HostUnavailable` without a runtime or host function, and from a
    /// connector that has to wait; `LimitExceeded` where the host has no free slot; `InvalidArgument` or
    /// `Unsupported` for options of the connector's own. A failed connection is reported by the task.
    fn connect_socket_now(&self, request: ConnectRequest) -> Result<Arc<dyn SocketTask>>;

    /// As [`connect_socket_now`](Self::connect_socket_now), for a connector that has to wait before its task
    /// exists: one that asks for a token first, for instance. The default does not wait.
    ///
    /// Dropping the future before it resolves closes what was begun.
    ///
    /// # Errors
    ///
    /// Those of `connect_socket_now`.
    async fn connect_socket(&self, request: ConnectRequest) -> Result<Arc<dyn SocketTask>> {
        self.connect_socket_now(request)
    }
}

/// Checks `option`, makes a task with `connector`, and calls `success` or `fail`, then `complete`.
///
/// Resolves as soon as the task exists, in state Connecting, as Taro's promise does. A failed
/// connection arrives as error and close; [`opened`](trait.SocketTask.html#method.opened) waits for the outcome.
///
/// # Errors
///
/// `InvalidArgument` or `Unsupported` as [`ConnectSocketOption::into_request`] says, before anything is
/// dialled; otherwise what [`SocketConnector::connect_socket`] says.
pub async fn connect_with(
    connector: &dyn SocketConnector,
    mut option: ConnectSocketOption,
) -> Result<Arc<dyn SocketTask>> {
    let callbacks = option.take_callbacks();
    let made = match option.into_request_of(connector) {
        Ok(request) => connector.connect_socket(request).await,
        Err(error) => Err(error),
    };
    settle(callbacks, &made);
    made
}

/// As [`connect_with`], for code that is not async: the task is there when the call returns.
///
/// # Errors
///
/// What [`connect_with`] says, and `HostUnavailable` with a connector that has to wait before its task exists.
/// Those of this project's platforms have not.
pub fn connect_now(
    connector: &dyn SocketConnector,
    mut option: ConnectSocketOption,
) -> Result<Arc<dyn SocketTask>> {
    let callbacks = option.take_callbacks();
    let made = option
        .into_request_of(connector)
        .and_then(|request| connector.connect_socket_now(request));
    settle(callbacks, &made);
    made
}

fn settle(callbacks: Callbacks, made: &Result<Arc<dyn SocketTask>>) {
    if !callbacks.is_empty() {
        let id = made.as_ref().map(|task| Some(task.socket_task_id()));
        callbacks.settle("connectSocket", id.map_err(Clone::clone));
    }
}
