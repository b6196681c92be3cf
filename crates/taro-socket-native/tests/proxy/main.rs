//! Proxies: real ones, which the tests start, and one of our own that misbehaves.
#![allow(missing_docs, reason = "a test program")]
#![cfg(all(feature = "__tls", feature = "tls-platform-verifier"))]

#[path = "../open/authority.rs"]
#[allow(dead_code, reason = "other tests use the rest")]
mod authority;
#[path = "../common/clock.rs"]
#[allow(dead_code, reason = "other tests use the rest")]
mod clock;
#[path = "../open/server.rs"]
#[allow(dead_code, reason = "other tests use the rest")]
mod server;

mod arguments;
mod connect;
mod environment;
#[cfg(unix)]
mod no_text;
mod program;
mod real;
mod socks5;
mod support;
mod tls;
