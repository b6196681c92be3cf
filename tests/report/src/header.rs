//! The first record of an evidence file.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// The only format of evidence files so far.
pub const FORMAT: u32 = 1;

/// Whether a run took place on the platform itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[expect(clippy::exhaustive_enums, reason = "a host is one or the other")]
pub enum HostKind {
    /// The platform itself.
    Real,
    /// Something that stands in for the platform.
    Simulated,
}

/// Where, how and from which sources a run was made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RunHeader {
    /// Format of the file: [`FORMAT`].
    pub format: u32,
    /// Key of the platform, as in [`platforms`](crate::platforms).
    pub platform: String,
    /// Whether the host is the platform itself.
    pub host: HostKind,
    /// What ran the suite, for example `Linux` or `Chromium`.
    pub host_name: String,
    /// Name of a part (compiler, engine, host) to its version.
    pub versions: BTreeMap<String, String>,
    /// Capabilities that the adapter declares, by name.
    pub capabilities: Vec<String>,
    /// [`fingerprint`](crate::fingerprint) of the sources, in hexadecimal.
    pub fingerprint: String,
    /// Seed of the order in which the cases ran.
    pub seed: u64,
    /// Number of cases in the suite, filtered out or not.
    pub suite_cases: usize,
}
