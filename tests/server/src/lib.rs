//! The embedded test server: behaviours by path, and a control channel that tells what it saw.
//!
//! [`TestServer::start`] listens on free loopback ports. A [`Behavior`] and an id
//! make the URL of a connection; [`TestServer::seen`] tells what the server saw
//! under that id, and [`TestServer::act`] makes it do something on the live
//! connection. Clients that live elsewhere do the same over HTTP: `PROTOCOL.md`
//! lists the routes and the verbs. Every bound is in [`limits`].
//!
//! # Examples
//!
//! ```
//! use taro_socket_test_server::{Behavior, TestServer};
//!
//! let server = TestServer::start_on_thread()?;
//! let url = server.ws_url(&Behavior::Echo, "first");
//! assert!(url.starts_with("ws://127.0.0.1:") && url.ends_with("/echo?id=first"));
//! # Ok::<(), std::io::Error>(())
//! ```

mod behaviours;
mod connection;
mod control;
mod filed;
mod files;
mod handshake;
pub mod limits;
mod listener;
mod options;
mod peer;
mod registry;
mod request;
mod response;
mod results;
mod server;
mod session;
mod shared;
mod stream;
mod thread;
mod tls;
mod wire;

pub use control::VERBS;
pub use options::Options;
pub use server::TestServer;
pub use taro_socket_test_protocol::{
    ACTIONS, Action, Behavior, DropWhen, Observation, ROUTES, Until,
};
pub use tls::Identity;
