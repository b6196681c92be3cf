//! Words shared by the conformance suite and the test server.
//!
//! A [`Behavior`] says how a peer acts; its [`Behavior::target`] is the path and
//! query that makes the test server act so. An [`Observation`] is what that peer
//! saw. An [`Action`] is what that peer does when told from outside. None does
//! any IO, so the suite carries them to every host.

mod action;
mod behavior;
mod hex;
mod observation;
mod query;

pub use action::{ACTIONS, Action};
pub use behavior::{Behavior, DropWhen, ROUTES};
pub use hex::{hex_decode, hex_encode};
pub use observation::{CloseSeen, End, MessageKind, MessageSeen, Observation, RequestSeen, Until};
pub use query::{Query, percent_decode, percent_encode};
