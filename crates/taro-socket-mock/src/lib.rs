//! taro-socket without a network: scripted peers, paired tasks and virtual time, for tests.
//!
//! # For users
//!
//! A [`MockConnector`] makes tasks whose peers are [`Script`]s or [`Server`] functions. Everything runs on a
//! [`VirtualClock`], in one thread, in the same order every time, and no test waits for real time.
//!
//! With futures, and a peer that checks what is sent:
//!
//! ```
//! use taro_socket_api::{ConnectSocketOption, connect_with};
//! use taro_socket_mock::MockConnector;
//!
//! let mock = MockConnector::new();
//! let peer = mock.script(|script| script.open().expect_send("hello").reply("world").close_with(4001, "bye"));
//! let end = mock.clock().block_on(async {
//!     let task = connect_with(&mock, ConnectSocketOption::new("wss://example.com/chat")).await?;
//!     task.opened().await?;
//!     task.send("hello").await?;
//!     Ok::<_, taro_socket_api::Error>(task.closed().await)
//! })??;
//! assert_eq!((end.code, &*end.reason), (4001, "bye"));
//! peer.verify()?;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! With callbacks:
//!
//! ```
//! use std::sync::{Arc, Mutex};
//! use taro_socket_api::{ConnectSocketOption, connect_with};
//! use taro_socket_mock::MockConnector;
//!
//! let mock = MockConnector::new();
//! mock.script(|script| script.open().reply("welcome"));
//! let connecting = connect_with(&mock, ConnectSocketOption::new("wss://example.com/chat"));
//! let task = mock.clock().block_on(connecting)??;
//! let heard = Arc::new(Mutex::new(Vec::new()));
//! let log = Arc::clone(&heard);
//! task.on_message(move |event| log.lock().unwrap().push(event.data));
//! mock.clock().run_until_idle()?;
//! assert_eq!(*heard.lock().unwrap(), ["welcome".into()]);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! A failure, and a timeout that takes no time:
//!
//! ```
//! use std::time::Duration;
//! use taro_socket_api::{CloseCause, ConnectSocketOption, Error, ErrorKind, connect_with};
//! use taro_socket_mock::MockConnector;
//!
//! let mock = MockConnector::new();
//! mock.script(|script| script.fail_connect(Error::new(ErrorKind::Dns, "no such host")));
//! mock.script(|script| script.half_open());
//! mock.clock().block_on(async {
//!     let option = || ConnectSocketOption::new("wss://example.com/").timeout(Duration::from_secs(30));
//!     let task = connect_with(&mock, option()).await?;
//!     assert_eq!(task.opened().await.unwrap_err().kind(), ErrorKind::Dns);
//!
//!     let task = connect_with(&mock, option()).await?;
//!     assert_eq!(task.closed().await.cause, CloseCause::Timeout);
//!     Ok::<(), Error>(())
//! })??;
//! assert_eq!(mock.clock().now(), Duration::from_secs(30));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! Closing, as the peer sees it:
//!
//! ```
//! use taro_socket_api::{CloseFrame, ConnectSocketOption, connect_with};
//! use taro_socket_mock::MockConnector;
//!
//! let mock = MockConnector::new();
//! let peer = mock.script(|script| script.open().expect_close(3000, "done"));
//! mock.clock().block_on(async {
//!     let task = connect_with(&mock, ConnectSocketOption::new("wss://example.com/")).await?;
//!     task.opened().await?;
//!     task.close(CloseFrame::new(3000, "done")?).await?;
//!     assert!(task.closed().await.was_clean);
//!     Ok::<(), taro_socket_api::Error>(())
//! })??;
//! mock.verify()?;
//! assert_eq!(peer.close_frame().and_then(|close| close.code), Some(3000));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! Two tasks connected to each other are a [`pair`]. With another runtime, spawn [`VirtualClock::drive`] there.
//!
//! # For authors of conformance suites
//!
//! [`MockConnector::with_fault`] makes a mock with one [`Fault`] that a suite should notice.

mod answer;
mod app;
mod assembler;
mod breach;
mod clock;
mod connection;
mod connector;
mod driver;
mod end;
mod error;
mod event;
mod fault;
mod frame;
mod link;
mod outbox;
mod pair;
mod peer;
mod record;
mod request;
mod script;
mod server;
mod sockets;
mod task;

pub use answer::Answer;
pub use app::MockApp;
pub use clock::{ClockError, Sleep, VirtualClock};
pub use connector::MockConnector;
pub use error::MockError;
pub use event::{PeerClose, PeerEvent};
pub use fault::Fault;
pub use frame::Frame;
pub use pair::{pair, pair_with};
pub use peer::PeerSocket;
pub use record::MockPeer;
pub use request::MockRequest;
pub use script::Script;
pub use server::Server;

#[cfg(test)]
mod tests;
