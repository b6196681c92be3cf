//! The browser's own object: Taro's `SocketTask.ws`.

use std::any::Any;

use taro_socket_api::{HostSocket, SocketTask};
use web_sys::WebSocket;

/// The browser's socket, as the core knows it.
pub(crate) struct BrowserSocket(pub(crate) WebSocket);

impl HostSocket for BrowserSocket {
    fn buffered_amount(&self) -> u64 {
        u64::from(self.0.buffered_amount())
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

/// The browser's own object of an H5 task; `None` for a task of another platform. Taro: `SocketTask.ws`.
///
/// For what no other platform has. The task has listeners of its own, so `onmessage` and its like are free;
/// leave `binaryType` as it is, and close the task rather than the object.
#[must_use]
pub fn ws(task: &dyn SocketTask) -> Option<WebSocket> {
    let host = task.core().host_socket()?.as_any();
    let socket: &BrowserSocket = host.downcast_ref()?;
    Some(socket.0.clone())
}
