//! Whether an answer is TLS, seen at its first bytes.

use std::{error::Error, fmt, io};

/// The beginning of an answer that is no TLS.
#[derive(Debug)]
pub(crate) struct Beginning(pub(crate) Vec<u8>);

impl fmt::Display for Beginning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not TLS")
    }
}

impl Error for Beginning {}

/// What is looked at.
pub(super) const GLANCE: usize = 64;

/// Whether an answer that begins so is a TLS record: of type 20 to 24, of version 3 (RFC 8446 §5.1).
pub(super) fn glance(beginning: &[u8]) -> io::Result<()> {
    match beginning {
        [] | [20..=24] | [20..=24, 3, ..] => Ok(()),
        other => Err(io::Error::other(Beginning(other.to_vec()))),
    }
}
