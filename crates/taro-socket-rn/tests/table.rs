//! The adapter over the fake host, in all its modes: `cargo xtask web-test taro-socket-rn`.
#![cfg(all(target_family = "wasm", target_os = "unknown"))]

use taro_socket_fake_host::{Face, table};
use taro_socket_rn::RnConnector;

table!(Face::Class, RnConnector::new());
