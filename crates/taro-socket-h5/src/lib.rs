//! taro-socket in browsers: the `WebSocket` of pages and workers, by `web-sys`.
//!
//! Users depend on the crate `taro-socket` with its feature `h5`, on by default. This crate is for those who
//! want the browser's own object beside the task, see [`ws`].
#![doc = include_str!("../platform.md")]
// Elsewhere the crate is empty: the browser's objects are of one thread, which tasks elsewhere must not be.
#![cfg(all(target_family = "wasm", target_os = "unknown"))]

mod connector;
mod error;
mod href;
mod load;
mod sends;
mod socket;
mod soon;
mod task;

pub use connector::H5Connector;
pub use socket::ws;
