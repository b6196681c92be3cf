//! Every bound of the server in one place.

use std::time::Duration;

/// Largest request head, in bytes.
pub const MAX_HEAD: usize = 64 * 1024;
/// Largest number of header fields in a request.
pub const MAX_HEADERS: usize = 512;
/// Largest body of a control request, in bytes.
pub const MAX_BODY: usize = 4 * 1024 * 1024;
/// Largest message, in payload bytes. A larger one is answered with Close 1009.
pub const MAX_MESSAGE: usize = 64 * 1024 * 1024;
/// Ids under which observations are kept; connections of further ids are served and not filed.
pub const MAX_IDS: usize = 100_000;
/// Messages kept per id; further ones are served and not filed.
pub const MAX_MESSAGES_SEEN: usize = 1_100_000;
/// Requests, pings, pongs and violations kept per id, of each.
pub const MAX_OTHERS_SEEN: usize = 10_000;
/// Runs of which posted results are kept.
pub const MAX_RUNS: usize = 64;
/// Posted results kept per run, in bytes.
pub const MAX_RESULTS: usize = 16 * 1024 * 1024;

/// Time in which a client must send its TLS and request heads.
pub(crate) const HEAD_TIME: Duration = Duration::from_secs(30);
/// Time in which the client must end TCP after the server has ended its side.
pub(crate) const LINGER_TIME: Duration = Duration::from_secs(2);
/// Time for which a socket that must never be ended outlives its client.
pub(crate) const HOLD_TIME: Duration = Duration::from_secs(10);
/// How often a connection that does not read looks whether the client is gone.
pub(crate) const WATCH_PERIOD: Duration = Duration::from_millis(50);
/// Default and largest time of one request for observations.
pub(crate) const WITHIN_DEFAULT: Duration = Duration::from_secs(5);
/// See [`WITHIN_DEFAULT`].
pub(crate) const WITHIN_MAX: Duration = Duration::from_secs(30);
/// Bytes ready for writing beyond which no more are generated.
pub(crate) const READY_HIGH: usize = 256 * 1024;
/// Bytes queued behind a flood beyond which the connection stops reading.
pub(crate) const QUEUE_HIGH: usize = 1024 * 1024;
/// Bytes asked for in one read.
pub(crate) const READ_CHUNK: usize = 64 * 1024;
