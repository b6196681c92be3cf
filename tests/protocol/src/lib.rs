//! Words shared by the conformance suite and the test server.
//!
//! A [`Behavior`] says how a peer acts; its [`Behavior::target`] is the path and
//! query that makes the test server act so. An [`Observation`] is what that peer
//! saw. Neither does any IO, so the suite carries them to every host.

mod behavior;
mod observation;
mod query;

pub use behavior::{Behavior, DropWhen, ROUTES};
pub use observation::{CloseSeen, End, MessageKind, MessageSeen, Observation, RequestSeen, Until};
pub use query::{Query, percent_decode, percent_encode};
