//! taro-socket in Alipay mini-programs: `my.connectSocket`.
//!
//! Users depend on the crate `taro-socket` with its feature `alipay`. This crate is for those who set the number
//! of sockets, or want to know when the app leaves the screen.
#![doc = include_str!("../platform.md")]
// Elsewhere the crate is empty: the host's objects are of one thread, which tasks elsewhere must not be.
#![cfg(all(target_family = "wasm", target_os = "unknown"))]

mod connector;
mod error;
mod task;
mod vendor;

pub use connector::{AlipayConnector, sockets};
pub use taro_socket_mini::AppListener;
pub use vendor::{on_app_hide, on_app_show};
