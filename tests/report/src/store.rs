//! Evidence files.

use std::path::Path;
use std::{fs, io};

use crate::Evidence;

/// Reads an evidence file.
///
/// # Errors
/// What the file system says; [`io::ErrorKind::InvalidData`] with an
/// [`EvidenceError`](crate::EvidenceError) inside when the text is not evidence.
pub fn read_evidence(path: &Path) -> io::Result<Evidence> {
    let text = fs::read_to_string(path)?;
    Evidence::parse(&text).map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error))
}

/// Writes an evidence file, whole or not at all, and makes the folders above it.
///
/// # Errors
/// What the file system says.
pub fn write_evidence(path: &Path, evidence: &Evidence) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    let partial = path.with_extension("partial");
    fs::write(&partial, evidence.render())?;
    fs::rename(&partial, path)
}
