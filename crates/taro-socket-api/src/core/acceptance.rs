//! When a send counts as accepted.

/// When `send().await` may resolve.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Acceptance {
    /// At once while at most [`Limits::send_low_water_bytes`](crate::Limits::send_low_water_bytes) wait: the
    /// adapter's own queue keeps the message.
    Queued,
    /// When the adapter reports: only the host can say whether it took the message.
    Reported,
}
