//! What a run of the conformance suite leaves behind.
//!
//! An [`Evidence`] is a [`RunHeader`], one [`Outcome`] per case and a [`RunEnd`]
//! with counts, as JSON lines. Hosts write it, `cargo xtask` reads it, and the
//! support matrix is made of nothing else. [`platforms`] is the one table of
//! platforms; [`fingerprint`] ties evidence to the sources it was made from.
//!
//! Without the default feature `files` nothing here touches a file system, and
//! the crate builds for `wasm32-unknown-unknown`.

mod error;
mod evidence;
mod header;
mod outcome;
mod platforms;
mod record;

#[cfg(feature = "files")]
mod fingerprint;
#[cfg(feature = "files")]
mod store;

pub use error::EvidenceError;
pub use evidence::Evidence;
pub use header::{FORMAT, HostKind, RunHeader};
pub use outcome::{Outcome, Status};
pub use platforms::{PlatformEntry, device_file, platform, platforms};
pub use record::RunEnd;

#[cfg(feature = "files")]
pub use fingerprint::fingerprint;
#[cfg(feature = "files")]
pub use store::{read_evidence, write_evidence};
