//! Numbers of the functions that a host calls.

/// Nothing happens.
pub const IGNORED: u32 = 0;
/// The connection is open.
pub const OPENED: u32 = 1;
/// A message has come.
pub const MESSAGE: u32 = 2;
/// An error.
pub const ERROR: u32 = 3;
/// The close.
pub const CLOSED: u32 = 4;
/// A timer: the connection is not open in time.
pub(super) const LATE: u32 = 5;
/// A timer: the own close is not answered.
pub(super) const UNANSWERED: u32 = 6;
/// A timer: no close has followed an error.
pub(super) const BROKEN: u32 = 7;
/// A timer that follows at once: nothing of this thread is below it.
pub(super) const TURN: u32 = 8;
/// From here on the numbers are each host's own.
pub const OWN: u32 = 16;
