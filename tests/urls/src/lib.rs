//! URLs on which parsers are compared: a table of what is right, and a generator of what may go wrong; and the chance
//! that it, and other tests, take their cases from.

mod chance;
mod generator;
#[cfg(feature = "others")]
mod others;
mod references;
mod table;

pub use chance::{Chance, cases};
pub use generator::Urls;
#[cfg(feature = "others")]
pub use others::{differs_at, has_drive, others, others_at};
pub use table::{REFUSED, TAKEN, TAKEN_WITH_TABLES};
