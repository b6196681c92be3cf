//! Where evidence of a device goes.

use std::path::{Path, PathBuf};

use anyhow::Result;
use taro_socket_report::{Evidence, HostKind, device_file, write_evidence};

/// What became of the evidence.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(clippy::exhaustive_enums, reason = "it is recorded or it is not")]
pub enum Recorded {
    /// It is in the folder of results; the matrix counts it.
    As(PathBuf),
    /// It is of no device.
    Simulated,
    /// It is not of the whole suite.
    Part,
}

/// Writes evidence of a device into the folder of results, under the platform's and the device's name.
///
/// # Errors
///
/// What the file system says.
pub fn record(evidence: &Evidence, results: &Path) -> Result<Recorded> {
    let header = evidence.header();
    if header.host != HostKind::Real {
        return Ok(Recorded::Simulated);
    }
    if !evidence.is_whole_suite() {
        return Ok(Recorded::Part);
    }
    let path = results.join(device_file(&header.platform, &header.host_name));
    write_evidence(&path, evidence)?;
    Ok(Recorded::As(path))
}
