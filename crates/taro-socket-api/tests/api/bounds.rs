//! Compile-time proof: on targets with threads, tasks, futures and streams may cross them.

use std::sync::Arc;

use taro_socket_api::{
    Batch, BoxFuture, CallbackResult, Closed, Completion, ConnectRequest, ConnectSocketOption,
    Emitter, Error, EventStream, MaybeSend, MaybeSync, Opened, SendOption, Sending,
    SocketConnector, SocketEvent, SocketTask, TaskCore, connect_with,
};

const fn is_send<T: Send + ?Sized>() {}
const fn is_send_and_sync<T: Send + Sync + ?Sized>() {}

const _: () = {
    is_send_and_sync::<dyn SocketTask>();
    is_send_and_sync::<Arc<dyn SocketTask>>();
    is_send_and_sync::<Arc<dyn SocketConnector>>();
    is_send_and_sync::<TaskCore>();
    is_send_and_sync::<Emitter>();
    is_send_and_sync::<EventStream>();
    is_send_and_sync::<SocketEvent>();
    is_send_and_sync::<Error>();
    is_send_and_sync::<ConnectRequest>();
    is_send_and_sync::<CallbackResult>();
    is_send::<Batch<'_>>();
    is_send::<Completion>();
    is_send::<ConnectSocketOption>();
    is_send::<SendOption>();
    is_send::<Opened>();
    is_send::<Closed>();
    is_send::<Sending>();
    is_send::<BoxFuture<'_, ()>>();
};

/// The bounds are the same as `Send` and `Sync` here.
#[allow(dead_code, reason = "it only has to compile")]
fn maybe_is_always_here<T: MaybeSend + MaybeSync>() {
    is_send_and_sync::<T>();
}

fn send_future<F: Future + Send>(future: F) -> F {
    future
}

/// The anonymous futures too; compiled, never run.
#[allow(dead_code, reason = "it only has to compile")]
fn futures_are_send(
    task: &dyn SocketTask,
    connector: &dyn SocketConnector,
    mut events: EventStream,
) {
    drop(send_future(connect_with(
        connector,
        ConnectSocketOption::new("ws://localhost"),
    )));
    drop(send_future(task.opened()));
    drop(send_future(events.next()));
}
