//! One WebSocket client API, shaped after Taro's `SocketTask`, on every platform.
//!
//! The same source compiles for every target; the platform is chosen by cargo feature. What is proved
//! for which platform stands in the generated support matrix, `docs/PLATFORMS.md` in the repository.
//!
//! The examples below run: each hides three lines that start the repository's test server.
//!
//! # Connect, send, close
//!
//! `send` puts a message in the queue; `flush` waits until the system has all that was sent, so that it leaves even
//! if the program ends, unless the server is sending. `close` shakes hands, behind what was sent, and `closed` awaits
//! the answer; `abort` ends at once, without.
//!
//! ```
//! use taro_socket::prelude::*;
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let server = taro_socket_test_server::TestServer::start().await?;
//! # let url = server.ws_url(&taro_socket_test_server::Behavior::Echo, "");
//! let task = connect_socket(ConnectSocketOption::new(url)).await?;
//! task.opened().await?;
//! task.send("hello").await?;
//! task.flush().await?;
//! task.close(CloseFrame::new(4000, "bye")?).await?;
//! let end = task.closed().await;
//! assert_eq!((end.code, end.reason.as_str(), end.was_clean), (4000, "bye", true));
//! # Ok(())
//! # }
//! ```
//!
//! # Callbacks, as in Taro
//!
//! ```
//! use std::sync::Arc;
//! use taro_socket::prelude::*;
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let server = taro_socket_test_server::TestServer::start().await?;
//! # let url = server.ws_url(&taro_socket_test_server::Behavior::Echo, "");
//! # let (told, answer) = tokio::sync::oneshot::channel();
//! # let mut told = Some(told);
//! let task = connect_socket(ConnectSocketOption::new(url)).await?;
//! // A handler that holds the task keeps it alive: hold a weak handle where the connection may never end.
//! let weak = Arc::downgrade(&task);
//! task.on_open(move |_| {
//!     if let Some(task) = weak.upgrade() {
//!         task.send_with(SendOption::new("hello").fail(|error| eprintln!("{}", error.err_msg())));
//!     }
//! });
//! task.on_message(move |event| {
//!     println!("{:?}", event.data);
//! #   told.take().map(|told| told.send(event.data));
//! });
//! task.on_error(|event| eprintln!("{}", event.err_msg()));
//! task.on_close(|event| println!("closed with {}", event.code));
//! // Without a handle left the connection would be closed.
//! task.detach();
//! # assert_eq!(answer.await?, Message::from("hello"));
//! # Ok(())
//! # }
//! ```
//!
//! # Events as a stream
//!
//! ```
//! use taro_socket::prelude::*;
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let server = taro_socket_test_server::TestServer::start().await?;
//! # let url = server.ws_url(&taro_socket_test_server::Behavior::Echo, "");
//! # let mut seen = Vec::new();
//! let task = connect_socket(ConnectSocketOption::new(url)).await?;
//! let mut events = task.events();
//! while let Some(event) = events.next().await {
//!     match event {
//!         SocketEvent::Open(_) => task.send(vec![1, 2, 3]).await?,
//!         SocketEvent::Message(message) => {
//!             match &message.data {
//!                 Message::Text(text) => println!("{text}"),
//!                 Message::Binary(bytes) => println!("{} bytes", bytes.len()),
//!             }
//! #           seen.push(message.data);
//!             task.close(CloseFrame::default()).await?;
//!         }
//!         SocketEvent::Error(event) => eprintln!("{:?}: {}", event.error.kind(), event.err_msg()),
//!         SocketEvent::Close(close) => println!("{} {}", close.code, close.reason),
//!     }
//! }
//! # assert_eq!(seen, [Message::from(vec![1, 2, 3])]);
//! # Ok(())
//! # }
//! ```
//!
//! # Headers and subprotocols
//!
//! A platform that cannot send headers refuses them with [`ErrorKind::Unsupported`], unless
//! [`UnsupportedPolicy::Ignore`] asks it to leave them out.
//!
//! ```
//! use taro_socket::prelude::*;
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let server = taro_socket_test_server::TestServer::start().await?;
//! # let url = server.ws_url(&taro_socket_test_server::Behavior::Echo, "");
//! let option = ConnectSocketOption::new(url)
//!     .header("Authorization", "Bearer 123")
//!     .protocols(["mqtt", "mqttv3.1"]);
//! let task = connect_socket(option).await?;
//! let open = task.opened().await?;
//! assert_eq!(open.protocol.as_deref(), Some("mqtt"));
//! println!("{:?}", open.header.get("server"));
//! # Ok(())
//! # }
//! ```
//!
//! # Errors
//!
//! Bad arguments are refused by `connect_socket`, before anything is dialled. A failed connection is told by
//! the task: as error and close to handlers and streams, and by [`opened`](trait.SocketTask.html#method.opened).
//!
//! ```
//! use taro_socket::prelude::*;
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let server = taro_socket_test_server::TestServer::start().await?;
//! # let reject = taro_socket_test_server::Behavior::Reject { status: 503, body: "later".into() };
//! # let url = server.ws_url(&reject, "");
//! let refused = connect_socket(ConnectSocketOption::new("ftp://example.com")).await;
//! assert_eq!(refused.expect_err("not a WebSocket URL").kind(), ErrorKind::InvalidArgument);
//!
//! let task = connect_socket(ConnectSocketOption::new(url)).await?;
//! let error = task.opened().await.expect_err("the server answers 503");
//! assert_eq!(error.kind(), ErrorKind::Handshake);
//! assert_eq!(error.status(), Some(503));
//! assert_eq!(error.retry(), RetryAdvice::Later);
//! # Ok(())
//! # }
//! ```
//!
//! # Connect again
//!
//! After an end that nobody here asked for, and after a failure that another try may mend. `talk` is what is done
//! with an open task; `pause` is the host's way to wait: `tokio::time::sleep` on native, a promise around
//! `setTimeout` in JavaScript, the mock's clock in a test.
//!
//! ```
//! use std::{sync::Arc, time::Duration};
//!
//! use taro_socket::prelude::*;
//!
//! const FIRST: Duration = Duration::from_millis(500);
//!
//! async fn stay_connected(
//!     connector: &dyn SocketConnector,
//!     talk: impl AsyncFn(&Arc<dyn SocketTask>),
//!     pause: impl AsyncFn(Duration),
//! ) -> taro_socket::Result<()> {
//!     let mut wait = FIRST;
//!     loop {
//!         let task = connect_with(connector, ConnectSocketOption::new("wss://example.com")).await?;
//!         let opened = task.opened().await;
//!         if opened.is_ok() {
//!             wait = FIRST;
//!             talk(&task).await;
//!         }
//!         let close = task.closed().await;
//!         match opened {
//!             // However it ended: this side wanted it.
//!             _ if close.requested => return Ok(()),
//!             Err(error) if error.retry() == RetryAdvice::Never => return Err(error),
//!             // The server has taken this client for the last time.
//!             Ok(_) if close.retry() == RetryAdvice::Never => return Ok(()),
//!             _ => {}
//!         }
//!         pause(wait).await;
//!         wait = (2 * wait).min(Duration::from_secs(30));
//!     }
//! }
//! # use taro_socket::Error;
//! # let mock = taro_socket_mock::MockConnector::new();
//! # let clock = mock.clock();
//! # let silent = async |_: &Arc<dyn SocketTask>| {};
//! # mock.script(|script| script.open().close_with(1001, "restart"));
//! # mock.script(|script| script.fail_connect(Error::new(ErrorKind::Connect, "refused")));
//! # mock.script(|script| script.drop_connection());
//! # mock.script(|script| script.fail_connect(Error::new(ErrorKind::Tls, "expired")));
//! # let end = clock.block_on(stay_connected(&mock, silent, async |time| clock.sleep(time).await))?;
//! # assert_eq!(end.map_err(|error| error.kind()), Err(ErrorKind::Tls));
//! # assert_eq!(clock.now(), Duration::from_millis(500 + 1000 + 2000));
//! # // An own close that the peer never answers ends with the cause `Timeout`, and is no reason to come back.
//! # mock.script(|script| script.open().half_open());
//! # let leave = async |task: &Arc<dyn SocketTask>| drop(task.close(CloseFrame::default()));
//! # clock.block_on(stay_connected(&mock, leave, async |time| clock.sleep(time).await))??;
//! # mock.verify()?;
//! # Ok::<_, Box<dyn std::error::Error>>(())
//! ```
//!
//! # Test with the mock
//!
//! [`connect_with`] takes any connector. That of the crate `taro-socket-mock` has scripted peers and virtual
//! time, so that tests need neither a network nor patience.
//!
//! ```
//! use taro_socket::prelude::*;
//! use taro_socket_mock::MockConnector;
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let mock = MockConnector::new();
//! let peer = mock.script(|script| script.open().expect_send("hello").close_with(4001, "bye"));
//! let end = mock.clock().block_on(async {
//!     let task = connect_with(&mock, ConnectSocketOption::new("wss://example.com")).await?;
//!     task.opened().await?;
//!     task.send("hello").await?;
//!     Ok::<_, taro_socket::Error>(task.closed().await)
//! })??;
//! assert_eq!(end.code, 4001);
//! peer.verify()?;
//! # Ok(())
//! # }
//! ```

mod selection;

use std::sync::Arc;

use selection::selected;
pub use selection::*;
#[doc(inline)]
pub use taro_socket_api::{
    ByteString, Bytes, CallbackResult, Capability, CapabilitySet, CloseCause, CloseEvent,
    CloseFrame, CloseOption, Closed, ConnectRequest, ConnectSocketOption, Error, ErrorEvent,
    ErrorKind, EventStream, HandshakeResponse, Header, Limits, MAX_REASON_BYTES, MaybeSend,
    MaybeSync, Message, MessageEvent, MessageSink, OnCloseCallbackResult, OnErrorCallbackResult,
    OnMessageCallbackResult, OnOpenCallbackResult, OpenEvent, Opened, Platform, ReadyState, Result,
    RetryAdvice, SendOption, Sending, SocketConnector, SocketEvent, SocketTask, SocketTaskId,
    SocketUrl, UnsupportedPolicy, adapter, connect_now, connect_with,
};
#[cfg(feature = "mock")]
pub use taro_socket_mock as mock;

pub mod prelude {
    //! What most programs use. [`Error`](crate::Error) and [`Result`](crate::Result) are not here, so that they
    //! do not stand in the way of yours.

    pub use taro_socket_api::{
        CloseCause, CloseEvent, CloseFrame, CloseOption, ConnectSocketOption, ErrorEvent,
        ErrorKind, Limits, Message, MessageEvent, OpenEvent, ReadyState, RetryAdvice, SendOption,
        SocketConnector, SocketEvent, SocketTask, UnsupportedPolicy, connect_with,
    };

    pub use crate::{connect_socket, connect_socket_now};
}

/// Connects on the selected platform; resolves as soon as the task exists, in state Connecting.
///
/// Where the mock is the selected platform, give scripts to `mock_connector()` and drive its clock; in tests
/// of an application [`connect_with`] and a connector of their own are simpler.
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

/// As [`connect_socket`], for code that is not async: the task is there when the call returns.
///
/// # Errors
///
/// As [`connect_socket`].
pub fn connect_socket_now(option: ConnectSocketOption) -> Result<Arc<dyn SocketTask>> {
    connect_now(&*selected(), option)
}

/// The platform that [`connect_socket`] uses.
#[must_use]
pub fn current_platform() -> Platform {
    selected().platform()
}

#[cfg(all(doctest, feature = "native", feature = "tls-ring"))]
#[doc = include_str!("../../../docs/PRODUCTION.md")]
mod production {}

#[cfg(doctest)]
#[doc = include_str!("../../../README.md")]
struct Readme;
