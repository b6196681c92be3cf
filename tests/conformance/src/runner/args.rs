//! The command line of the host binaries.

use std::path::PathBuf;

use crate::{CASES, Case};

/// Arguments of every host binary; hosts flatten it into their own.
#[derive(Clone, Debug, Default, clap::Args)]
#[non_exhaustive]
pub struct RunArgs {
    /// Write the evidence to this file.
    #[arg(long, value_name = "FILE")]
    pub report: Option<PathBuf>,
    /// Run only the cases whose id contains this text.
    #[arg(long, value_name = "TEXT")]
    pub filter: Option<String>,
    /// Seed of the order; drawn and printed when left out.
    #[arg(long, value_name = "N")]
    pub seed: Option<u64>,
    /// Fingerprint of the sources, for the evidence.
    #[arg(long, value_name = "HEX", default_value = "")]
    pub fingerprint: String,
}

impl RunArgs {
    /// The seed asked for, or a new one.
    #[must_use]
    pub fn seed(&self) -> u64 {
        // Kept within what every JSON reader can represent exactly.
        self.seed.unwrap_or_else(|| fastrand::u64(..1 << 53))
    }

    /// The cases asked for, in the order of `seed`.
    #[must_use]
    pub fn cases(&self, seed: u64) -> Vec<&'static Case> {
        let filter = self.filter.as_deref().unwrap_or_default();
        let asked = CASES.iter().filter(|case| case.id.contains(filter));
        let mut cases: Vec<_> = asked.copied().collect();
        fastrand::Rng::with_seed(seed).shuffle(&mut cases);
        cases
    }
}
