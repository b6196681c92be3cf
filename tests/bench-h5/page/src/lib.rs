//! The measured clients: each runs an exchange that the page plans.
#![cfg(all(target_family = "wasm", target_os = "unknown"))]
#![allow(unreachable_pub, reason = "the page calls what is exported")]

#[cfg(feature = "ewebsock")]
mod ewebsock;
mod exchange;
#[cfg(feature = "gloo-net")]
mod gloo_net;
#[cfg(feature = "taro-socket")]
mod taro_socket;
#[cfg(feature = "ws-stream-wasm")]
mod ws_stream_wasm;

pub use exchange::Plan;
