//! Test only: a connector over the real `@tarojs/taro-h5`, so that the suite can be run on Taro's own task.
//!
//! It hands everything on as it is and adds nothing: what Taro leaves out is missing, what Taro reports is
//! reported. It declares what Taro's typings declare. Arguments are checked by taro-socket's own types before
//! Taro sees them, so cases about arguments say nothing about Taro.
//!
//! The page has to put Taro's `connectSocket` into `globalThis.TaroH5`.
#![cfg(all(target_family = "wasm", target_os = "unknown"))]

mod bindings;
mod connector;
mod task;

pub use connector::TaroConnector;
pub use task::ws;
