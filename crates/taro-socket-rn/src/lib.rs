//! taro-socket in React Native: the global class `WebSocket`, with request headers.
//!
//! Users depend on the crate `taro-socket` with its feature `rn`.
#![doc = include_str!("../platform.md")]
// Elsewhere the crate is empty: the host's objects are of one thread, which tasks elsewhere must not be.
#![cfg(all(target_family = "wasm", target_os = "unknown"))]

mod connector;
mod error;

mod sends;
mod socket;
mod status;
mod task;

pub use connector::RnConnector;
