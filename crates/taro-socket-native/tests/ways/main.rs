//! Ways to a server that the builder sets.
#![allow(missing_docs, reason = "a test program")]

#[path = "../open/server.rs"]
#[allow(dead_code, reason = "other tests use the rest")]
mod server;

mod dialer;
mod refused;
mod settings;
mod stream;
