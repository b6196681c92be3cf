//! The adapter over a fake `WebSocket` class that misbehaves on demand as no browser does:
//! `cargo xtask web-test taro-socket-h5`. Real browsers are what the conformance suite is run on.
#![cfg(all(target_family = "wasm", target_os = "unknown"))]

mod connecting;
mod ending;
mod hidden;
mod messages;
mod panics;
mod sending;
mod socket;
mod urls;
