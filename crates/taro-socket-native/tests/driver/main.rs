//! The life of an open connection, against servers written by hand.

#![allow(clippy::unwrap_used, reason = "a panic fails the test")]

#[path = "../common/clock.rs"]
mod clock;

mod abort;
mod closing;
mod consumers;
mod ends;
mod flush;
mod fragments;
mod last_words;
mod liveness;
mod order;
mod progress;
mod server;
#[cfg(unix)]
mod stopped;
mod texts;
