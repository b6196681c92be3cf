//! The one state machine of a task, without IO.
//!
//! [`TaskCore`] is the task's side: state, handlers, streams, admission of sends.
//! [`Emitter`] is the adapter's side: it reports what the host says. Both share one
//! [`Shared`], whose lock is taken by a closure alone: what a change wants woken, called or dropped, it puts on a
//! list ([`After`](crate::after::After)) that runs when the lock is free again.

mod acceptance;
mod batch;
mod dispatch;
mod emitter;
mod gauge;
mod handlers;
mod inner;
mod stream_queue;
mod task_core;
mod waiters;

pub use acceptance::Acceptance;
pub use batch::{Batch, Flow};
pub use emitter::Emitter;
pub use task_core::TaskCore;

pub(crate) use dispatch::report;
pub(crate) use handlers::{Handler, On};
pub(crate) use inner::{Latched, Shared};
pub(crate) use stream_queue::StreamQueue;
