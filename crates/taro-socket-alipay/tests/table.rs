//! The adapter over the fake host, in all its modes: `cargo xtask web-test taro-socket-alipay`.
#![cfg(all(target_family = "wasm", target_os = "unknown"))]

use taro_socket_alipay::{AlipayConnector, sockets};
use taro_socket_fake_host::{Face, table, vendor_table};

table!(Face::Vendor("my"), AlipayConnector::new());
vendor_table!(Face::Vendor("my"), AlipayConnector::new(), sockets);
