//! The life of an open connection, against servers written by hand.

#![allow(clippy::unwrap_used, reason = "a panic fails the test")]

mod abort;
mod ends;
mod flush;
mod order;
mod progress;
mod server;
