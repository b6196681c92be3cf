//! Tests of the vocabulary and the state machine, through the public interface only.

#![allow(clippy::unwrap_used, reason = "a panic fails the test")]

mod arguments;
mod back_pressure;
mod bounds;
mod callbacks;
mod close;
mod connect;
mod ending;
mod executor;
mod futures;
mod handlers;
mod hosts;
mod lifetime;
mod send;
mod sink;
mod state_machine;
mod streams;
mod support;
mod threads;
mod urls;
mod vocabulary;
