//! URLs on which parsers are compared: a table of what is right, and a generator of what may go wrong.

mod generator;
mod table;

pub use generator::Urls;
pub use table::{REFUSED, TAKEN, TAKEN_WITH_TABLES};
