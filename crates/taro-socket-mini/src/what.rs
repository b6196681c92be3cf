//! Numbers of the functions that only mini-programs call.

use taro_socket_js::connection::what::OWN;

/// `success` of `connectSocket`.
pub(crate) const TAKEN: u32 = OWN;
/// `fail` of `connectSocket`.
pub(crate) const REFUSED: u32 = OWN + 1;
/// The app is on the screen again, or a time has passed: the host is asked once more to close.
pub(crate) const AGAIN: u32 = OWN + 4;
/// A timer: the host has not told its socket's end.
pub(crate) const LINGERED: u32 = OWN + 5;
/// A timer: the host does not tell the own name.
pub(crate) const NAMELESS: u32 = OWN + 6;
/// `success` of the first `close`; then its `fail`; then those of the next, and of [`CLOSES`] in all.
pub(crate) const CLOSE: u32 = OWN + 8;
/// How many calls of `close` are told apart.
pub(crate) const CLOSES: u32 = 4;
/// `success` of `send`, for the message of number 0; then its `fail`, a rejection of its promise, and a timer behind
/// that; then those of the next message.
pub(crate) const SENT: u32 = OWN + 16;
