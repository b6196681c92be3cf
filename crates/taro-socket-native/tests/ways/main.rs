//! Ways to a server that the builder sets.
#![allow(missing_docs, reason = "a test program")]

#[path = "../open/server.rs"]
#[allow(dead_code, reason = "other tests use the rest")]
mod server;

#[cfg(feature = "__tls")]
#[path = "../open/authority.rs"]
#[allow(dead_code, reason = "other tests use the rest")]
mod authority;
mod dialer;
mod redirects;
mod refused;
mod settings;
mod site;
mod stream;
