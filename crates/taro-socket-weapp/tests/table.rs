//! The adapter over the fake host, in all its modes: `cargo xtask web-test taro-socket-weapp`.
#![cfg(all(target_family = "wasm", target_os = "unknown"))]

use taro_socket_fake_host::{Face, table, vendor_table};
use taro_socket_weapp::{WeappConnector, sockets};

table!(Face::Vendor("wx"), WeappConnector::new());
vendor_table!(Face::Vendor("wx"), WeappConnector::new(), sockets);
