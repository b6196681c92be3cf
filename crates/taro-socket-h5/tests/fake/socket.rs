//! The fake class.

use std::sync::Arc;

use taro_socket_api::{ConnectSocketOption, Limits, Result, SocketTask, connect_with};
use taro_socket_fake_host::{Face, Open};
use taro_socket_h5::H5Connector;

pub(crate) use taro_socket_fake_host::{Fake, asked, sleep};

pub(crate) const FACE: Face = Face::Class;

pub(crate) async fn connect(option: ConnectSocketOption) -> Result<Arc<dyn SocketTask>> {
    connect_with(&H5Connector::new(), option).await
}

/// An open task, and its fake.
pub(crate) async fn open(limits: Limits) -> Open {
    taro_socket_fake_host::open(FACE, &H5Connector::new(), limits)
}
