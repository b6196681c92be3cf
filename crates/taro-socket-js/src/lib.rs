//! What the taro-socket adapters of all JavaScript hosts share.
//!
//! For adapter authors: the border between Rust and any JavaScript host, in which every value may be of another
//! kind than announced, every call may throw, and may call back before it returns.
//!
//! - [`connection`] is the life of a connection, the same on all of them.
//! - [`connector!`] makes a connector.
//! - [`Listener`] and [`Timer`] own their closures: once dropped, a late event of the host reaches nothing.
//!   An [`Alarm`] is a timer for a function that there is already.
//! - [`Route`] leads from functions that a host keeps for ever to a handler that goes when it is dropped.
//! - [`property`], [`call`] and [`Record`] are for hosts whose objects no typed binding describes.
//! - [`read`] copies what a host handed over, told apart by what it is and never by `instanceof`.
//! - [`thrown`] makes an [`Error`](taro_socket_api::Error) of what the host has thrown.
//! - [`error_of_words`] makes one of the text that a host gives.
//! - [`Host`] tells which hosts exist here.
//! - [`header_to`] and [`list_of`] are for hosts that shake hands; [`faults`] has what these do not tell.
//!
//! No global object is assumed but `globalThis`, so pages, workers and mini-programs are alike. The crate
//! builds for every target; its functions work on `wasm32-unknown-unknown` only.

pub mod connection;
mod connector;
pub mod faults;
mod handshake;
mod host;
mod listener;
mod object;
mod payload;
mod route;
mod text;
mod thrown;
mod timer;
mod words;

pub use handshake::{header_to, list_of};
pub use host::Host;
pub use listener::Listener;
pub use object::{Record, call, missing, names_of, number_of, property, text_of};
pub use payload::{Unread, buffer_of, read};
pub use route::Route;
pub use text::{PlainText, ReadText, TextReader};
pub use thrown::{describe, kind_of, thrown};
pub use timer::{Alarm, Timer, millis, now_millis};
pub use words::{acts, error_of_words};
