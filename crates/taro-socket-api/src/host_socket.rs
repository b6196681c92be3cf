//! The host's own socket object.

use std::any::Any;

use crate::{MaybeSend, MaybeSync};

/// The host's own socket object, on hosts that queue what is sent and tell how much waits.
///
/// For adapter authors: hand it to [`TaskCore::over`](crate::TaskCore::over).
pub trait HostSocket: MaybeSend + MaybeSync + 'static {
    /// Payload bytes that the host has not sent yet. It must not call the task.
    fn buffered_amount(&self) -> u64;

    /// The object itself, for those who know its type.
    fn as_any(&self) -> &dyn Any;
}
