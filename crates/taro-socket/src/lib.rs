//! One WebSocket client API, shaped after Taro's `SocketTask`, on every platform.
//!
//! The same source compiles for every target; the platform is chosen by cargo feature. What is proved
//! for which platform stands in the generated support matrix, `docs/PLATFORMS.md` in the repository.
//!
//! # Connect
//!
//! ```no_run
//! use taro_socket::{CloseFrame, ConnectSocketOption, connect_socket};
//!
//! # async fn run() -> taro_socket::Result<()> {
//! let task = connect_socket(ConnectSocketOption::new("wss://example.com/chat")).await?;
//! task.opened().await?;
//! task.send("hello").await?;
//! task.close(CloseFrame::new(1000, "bye")?).await?;
//! let end = task.closed().await;
//! println!("closed with {} {:?}", end.code, end.reason);
//! # Ok(())
//! # }
//! ```
//!
//! # Callbacks, as in Taro
//!
//! ```no_run
//! use taro_socket::prelude::*;
//!
//! # async fn run() -> taro_socket::Result<()> {
//! let task = connect_socket(ConnectSocketOption::new("wss://example.com/chat")).await?;
//! task.on_message(|event| println!("{:?}", event.data));
//! task.on_error(|event| eprintln!("{}", event.err_msg()));
//! task.on_close(|event| println!("closed with {}", event.code));
//! let weak = std::sync::Arc::downgrade(&task);
//! task.on_open(move |_| {
//!     if let Some(task) = weak.upgrade() {
//!         task.send_with(SendOption::new("hello").fail(|error| eprintln!("{}", error.err_msg())));
//!     }
//! });
//! // Without a handle left the connection would be closed.
//! task.detach();
//! # Ok(())
//! # }
//! ```
//!
//! # Events as a stream
//!
//! ```no_run
//! use taro_socket::prelude::*;
//!
//! # async fn run(task: std::sync::Arc<dyn SocketTask>) {
//! let mut events = task.events();
//! while let Some(event) = events.next().await {
//!     match event {
//!         SocketEvent::Open(open) => println!("open, subprotocol {:?}", open.protocol),
//!         SocketEvent::Message(message) => println!("{:?}", message.data),
//!         SocketEvent::Error(error) => eprintln!("{}", error.err_msg()),
//!         SocketEvent::Close(close) => println!("{} {}", close.code, close.reason),
//!     }
//! }
//! # }
//! ```
//!
//! # Headers and subprotocols
//!
//! ```no_run
//! use taro_socket::prelude::*;
//!
//! # async fn run() -> taro_socket::Result<()> {
//! let option = ConnectSocketOption::new("wss://example.com/mqtt")
//!     .header("Authorization", "Bearer 123")
//!     .protocols(["mqtt", "mqttv3.1"]);
//! let task = connect_socket(option).await?;
//! let open = task.opened().await?;
//! println!("{:?} {:?}", open.protocol, open.header.get("server"));
//! # Ok(())
//! # }
//! ```
//!
//! A platform that cannot send headers refuses them with [`ErrorKind::Unsupported`], unless
//! [`UnsupportedPolicy::Ignore`] asks it to leave them out.
//!
//! # Errors
//!
//! ```no_run
//! use taro_socket::prelude::*;
//!
//! # async fn run() -> taro_socket::Result<()> {
//! let task = connect_socket(ConnectSocketOption::new("wss://example.com")).await?;
//! if let Err(error) = task.opened().await {
//!     match error.kind() {
//!         ErrorKind::Handshake => println!("refused: {:?}", error.response().map(|response| response.status)),
//!         _ if error.retry() == RetryAdvice::Later => println!("try again later: {error}"),
//!         _ => println!("{error}"),
//!     }
//! }
//! # Ok(())
//! # }
//! ```
//!
//! # Test with the mock
//!
//! `connect_with` takes any connector. The crate `taro-socket-mock` has one with a scripted peer and
//! virtual time, so that tests need no network; see its documentation and `examples/mock.rs`.

mod selection;

use std::sync::Arc;

use selection::selected;
pub use selection::*;
#[doc(inline)]
pub use taro_socket_api::*;
#[cfg(feature = "mock")]
pub use taro_socket_mock as mock;

pub mod prelude {
    //! What most programs use.

    pub use taro_socket_api::{
        CloseEvent, CloseFrame, CloseOption, ConnectSocketOption, ErrorEvent, ErrorKind, Message,
        MessageEvent, OpenEvent, ReadyState, RetryAdvice, SendOption, SocketConnector, SocketEvent,
        SocketTask, connect_with,
    };

    pub use crate::connect_socket;
}

/// Connects on the selected platform; resolves as soon as the task exists, in state Connecting.
///
/// As Taro's `connectSocket`: the outcome of the connection is told by the task, see
/// [`opened`](trait.SocketTask.html#method.opened).
///
/// # Errors
///
/// `InvalidArgument` or `Unsupported` for an option, before anything is dialled; `HostUnavailable`
/// without a runtime or host function.
pub async fn connect_socket(option: ConnectSocketOption) -> Result<Arc<dyn SocketTask>> {
    connect_with(&*selected(), option).await
}

/// The platform that [`connect_socket`] uses.
#[must_use]
pub fn current_platform() -> Platform {
    selected().platform()
}

#[cfg(doctest)]
#[doc = include_str!("../../../README.md")]
struct Readme;
