//! One line of an evidence file.

use serde::{Deserialize, Serialize};

use crate::{Outcome, RunHeader, Status};

/// The last record of an evidence file; without it the run did not finish.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RunEnd {
    /// Cases that passed.
    pub passed: usize,
    /// Cases that failed.
    pub failed: usize,
    /// Cases that were not run for want of a capability.
    pub unsupported: usize,
}

impl RunEnd {
    /// Counts `outcomes`.
    #[must_use]
    pub fn count(outcomes: &[Outcome]) -> Self {
        let mut end = Self::default();
        for outcome in outcomes {
            match outcome.status {
                Status::Passed => end.passed += 1,
                Status::Failed => end.failed += 1,
                Status::Unsupported => end.unsupported += 1,
            }
        }
        end
    }
}

/// A line: what it is stands in its field `record`.
#[derive(Serialize, Deserialize)]
#[serde(tag = "record", rename_all = "lowercase")]
pub(crate) enum Record {
    Header(RunHeader),
    Case(Outcome),
    End(RunEnd),
}
