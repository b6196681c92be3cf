//! The ground of taro-socket: the [`SocketTask`] trait, its vocabulary, and the one
//! sans-IO state machine that every adapter reports to. No IO, no runtime, no host.
//!
//! # For users
//!
//! Depend on the crate `taro-socket`, which re-exports all of this and chooses the
//! platform. The verbs of a task are listed on [`SocketTask`]'s page.
//!
//! # For adapter authors
//!
//! Implement [`SocketConnector`] and the three methods of [`SocketTask`]. Make a
//! [`TaskCore`] and its [`Emitter`] with [`TaskCore::new`]; keep the core in the task and
//! report what the host says through the emitter. The core owns the ready state, order,
//! handlers, buffering, latching, and the promise of *exactly one close, the error before
//! it, nothing after it*; nothing of that is left to an adapter. Arguments are checked
//! before an adapter sees them.

pub mod adapter;
mod after;
mod callback;
mod capability;
mod close_frame;
mod completion;
mod connector;
mod core;
mod error;
mod event;
mod host_socket;
mod maybe_send;
mod message;
mod option;
mod panics;
mod platform;
mod ready_state;
mod task;
mod task_id;
mod text;

pub use bytes::Bytes;
pub use bytestring::ByteString;

pub use crate::core::{Acceptance, Batch, Emitter, Flow, TaskCore};
pub use callback::CallbackResult;
pub use capability::{Capability, CapabilitySet};
pub use close_frame::{CloseFrame, MAX_REASON_BYTES};
pub use completion::Completion;
pub use connector::{SocketConnector, connect_now, connect_with};
pub use error::{Error, ErrorKind, HandshakeResponse, Result, RetryAdvice};
pub use event::{
    CloseCause, CloseEvent, ErrorEvent, MessageEvent, OnCloseCallbackResult, OnErrorCallbackResult,
    OnMessageCallbackResult, OnOpenCallbackResult, OpenEvent, SocketEvent,
};
pub use host_socket::HostSocket;
pub use maybe_send::{BoxFuture, MaybeSend, MaybeSync, SHARED_MEMORY};
pub use message::Message;
pub use option::{
    CloseOption, ConnectRequest, ConnectSocketOption, Header, KeepAlive, Limits, SendOption,
    SocketUrl, UnsupportedPolicy, UrlHost,
};
pub use platform::Platform;
pub use ready_state::ReadyState;
pub use task::{Closed, EventStream, MessageSink, Opened, Sending, SocketTask};
pub use task_id::SocketTaskId;
