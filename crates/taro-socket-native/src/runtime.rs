//! The tokio runtime that is called from.

use std::{
    net::{Ipv4Addr, UdpSocket as StdUdpSocket},
    time::Duration,
};

use taro_socket_api::{Error, ErrorKind, Result};
use tokio::{net::UdpSocket, runtime::Handle, time::sleep};

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
