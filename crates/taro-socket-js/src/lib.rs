//! What the taro-socket adapters of all JavaScript hosts share.
//!
//! For adapter authors. Nothing here knows a WebSocket: it is the border between Rust and any JavaScript
//! host, in which every value may be of another kind than announced and every call may throw.
//!
//! - [`Listener`] and [`Timer`] own their closures: once dropped, a late event of the host reaches nothing.
//! - [`read`] copies what a host handed over, told apart by what it is and never by `instanceof`.
//! - [`thrown`] makes an [`Error`](taro_socket_api::Error) of what the host has thrown.
//! - [`Host`] tells which hosts exist here.
//!
//! No global object is assumed but `globalThis`, so pages, workers and mini-programs are alike. The crate
//! builds for every target; its functions work on `wasm32-unknown-unknown` only.

mod host;
mod listener;
mod payload;
mod text;
mod thrown;
mod timer;

pub use host::Host;
pub use listener::Listener;
pub use payload::{Unread, read};
pub use text::TextReader;
pub use thrown::{describe, kind_of, thrown};
pub use timer::{Timer, now_millis};
