//! The adapter over the fake host, in all its modes: `cargo xtask web-test taro-socket-swan`.
#![cfg(all(target_family = "wasm", target_os = "unknown"))]

use taro_socket_fake_host::{Face, table, vendor_table};
use taro_socket_swan::{SwanConnector, sockets};

table!(Face::Vendor("swan"), SwanConnector::new());
vendor_table!(Face::Vendor("swan"), SwanConnector::new(), sockets);
