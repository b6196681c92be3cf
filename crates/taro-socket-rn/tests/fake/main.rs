//! The adapter over a fake `WebSocket` class that behaves, and misbehaves, as React Native's:
//! `cargo xtask web-test taro-socket-rn`. Its real class is what the conformance suite is run on.
#![cfg(all(target_family = "wasm", target_os = "unknown"))]

mod connecting;
mod ending;
mod messages;
mod panics;
mod sending;
mod socket;
