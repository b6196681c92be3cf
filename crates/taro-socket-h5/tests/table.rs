//! The adapter over the fake host, in all its modes: `cargo xtask web-test taro-socket-h5`.
#![cfg(all(target_family = "wasm", target_os = "unknown"))]

use taro_socket_fake_host::{Face, table};
use taro_socket_h5::H5Connector;

table!(Face::Class, H5Connector::new());
