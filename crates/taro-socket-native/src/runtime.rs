//! The tokio runtime that is called from.

use std::{
    net::{Ipv4Addr, UdpSocket as StdUdpSocket},
    time::Duration,
};

use futures::FutureExt as _;
use taro_socket_api::{Error, ErrorKind, Result};
use tokio::{net::UdpSocket, runtime::Handle, task::unconstrained, time::sleep};

use crate::probe::panics;

/// The runtime to run a connection on: one that has IO and time.
pub(crate) fn current() -> Result<Handle> {
    let runtime = Handle::try_current()
        .map_err(|error| unavailable("no tokio runtime").with_source(error))?;
    if panics(|| drop(sleep(Duration::ZERO))) {
        return Err(unavailable("this tokio runtime has no time (enable_time)"));
    }
    if panics(register) {
        return Err(unavailable("this tokio runtime has no IO (enable_io)"));
    }
    Ok(runtime)
}

/// Runs a connection on it, unless it has been shut down: then tokio gives up at once what it is given.
pub(crate) fn spawn(
    runtime: &Handle,
    connection: impl Future<Output = ()> + Send + 'static,
) -> Result<()> {
    let spawned = runtime.spawn(connection);
    let given_up = spawned.is_finished()
        // Otherwise the answer would wait where the caller's own task has used up its turn.
        && unconstrained(spawned)
            .now_or_never()
            .is_some_and(|outcome| outcome.is_err_and(|error| error.is_cancelled()));
    if given_up {
        return Err(unavailable("this tokio runtime has been shut down"));
    }
    Ok(())
}

fn unavailable(cause: &str) -> Error {
    let remedy =
        "call connect_socket within one that has IO and time enabled (Builder::enable_all)";
    Error::new(ErrorKind::HostUnavailable, format!("{cause}: {remedy}"))
}

/// Registers a socket that nobody sends to. Where there is none to be had, dialling will tell why.
fn register() {
    let socket = StdUdpSocket::bind((Ipv4Addr::LOCALHOST, 0));
    if let Ok(socket) = socket {
        if socket.set_nonblocking(true).is_ok() {
            drop(UdpSocket::from_std(socket));
        }
    }
}
