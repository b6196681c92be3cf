//! Finite bounds of one connection.

use std::time::Duration;

/// Finite bounds of one connection; every default is finite.
///
/// ```
/// use std::time::Duration;
/// use taro_socket_api::{ConnectSocketOption, Limits};
///
/// let limits = Limits::default().max_message_bytes(1 << 20).close_timeout(Duration::from_secs(2));
/// let option = ConnectSocketOption::new("wss://example.com").limits(limits);
/// # drop(option);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Limits {
    /// Largest message received, in bytes of payload. Beyond it the connection
    /// fails with `LimitExceeded` and close code 1009, or 4009 where a host keeps 1009 to itself. Default 64 MiB.
    pub max_message_bytes: usize,
    /// Most frames that one received message may consist of. Beyond it the
    /// connection fails with `LimitExceeded` and close code 1009, or 4009 likewise. Default 65,536.
    pub max_fragments: usize,
    /// Payload bytes that may wait to be sent. A send that would go beyond is
    /// refused with `LimitExceeded` and has no effect. Default 64 MiB.
    pub max_queued_bytes: usize,
    /// Messages that may wait to be sent. Default 262,144; at most 8,388,607.
    pub max_queued_messages: usize,
    /// `send().await` waits while more payload bytes than this wait to be sent. Default 64 KiB.
    pub send_low_water_bytes: usize,
    /// Payload bytes of received messages that may wait for a consumer. Beyond it
    /// reading pauses where there is a consumer and the platform can pause
    /// ([`Capability::InboundBackPressure`](crate::Capability::InboundBackPressure)), otherwise the
    /// connection fails with `LimitExceeded`. A stream that is being read may hold as much again.
    /// Default 16 MiB.
    pub max_buffered_bytes: usize,
    /// Received messages that may wait for a consumer. Default 65,536.
    pub max_buffered_messages: usize,
    /// Most payload bytes of one frame that is sent: a larger message goes out in several (RFC 6455 §5.4), and control
    /// frames may go between them. At least 1. Any other than the default, `usize::MAX`, needs
    /// [`Capability::SentFrameSize`](crate::Capability::SentFrameSize).
    pub max_sent_frame_bytes: usize,
    /// How long the peer may take to answer a Close frame before the connection
    /// is dropped. Where the platform tells what leaves (native), it begins anew
    /// whenever bytes leave, since the Close frame stands behind all that waits;
    /// elsewhere it begins with `close`. Default 10 s.
    pub close_timeout: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            max_message_bytes: 64 << 20,
            max_fragments: 65_536,
            max_queued_bytes: 64 << 20,
            max_queued_messages: 262_144,
            send_low_water_bytes: 64 << 10,
            max_buffered_bytes: 16 << 20,
            max_buffered_messages: 65_536,
            max_sent_frame_bytes: usize::MAX,
            close_timeout: Duration::from_secs(10),
        }
    }
}

/// The same limits with another value of one field.
macro_rules! setters {
    ($($field:ident: $type:ty),* $(,)?) => {
        impl Limits {$(
            #[doc = concat!("The same limits with another [`", stringify!($field), "`](Self#structfield.", stringify!($field), ").")]
            #[must_use]
            pub const fn $field(self, $field: $type) -> Self {
                Self { $field, ..self }
            }
        )*}
    };
}

setters! {
    max_message_bytes: usize,
    max_fragments: usize,
    max_queued_bytes: usize,
    max_queued_messages: usize,
    send_low_water_bytes: usize,
    max_buffered_bytes: usize,
    max_buffered_messages: usize,
    max_sent_frame_bytes: usize,
    close_timeout: Duration,
}
