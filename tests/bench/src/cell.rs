//! What is measured: one workload with one client, several times.

use serde::{Deserialize, Serialize};

use crate::{clients::ClientKind, workloads::WorkloadKind};

/// What one client process reports.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub(crate) struct Measurement {
    /// The workload's value in its unit.
    pub(crate) value: f64,
    /// A second value, where the workload has one.
    pub(crate) detail: Option<f64>,
    /// CPU time of the client process, in microseconds per message (w5: per connection).
    pub(crate) cpu: f64,
}

/// All repetitions of one workload with one client. `None` is a repetition that failed.
#[derive(Debug)]
pub(crate) struct Cell {
    pub(crate) workload: WorkloadKind,
    pub(crate) client: ClientKind,
    pub(crate) samples: Vec<Option<Measurement>>,
}

impl Cell {
    /// The repetitions that succeeded, through `part`.
    pub(crate) fn values(&self, part: impl Fn(&Measurement) -> Option<f64>) -> Vec<f64> {
        self.samples.iter().flatten().filter_map(part).collect()
    }

    /// The ratio of every repetition to the same repetition of `reference`.
    pub(crate) fn ratios(&self, reference: &Self) -> Vec<f64> {
        let pairs = self.samples.iter().zip(&reference.samples);
        pairs
            .filter_map(|(own, other)| Some(own.as_ref()?.value / other.as_ref()?.value))
            .collect()
    }
}
