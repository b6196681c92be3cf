//! The goals of the native adapter, as ratios within one run.

use crate::{clients::ClientKind, workloads::WorkloadKind};

/// A bound that a ratio (w5: a value) has to keep.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Goal {
    AtMost(f64),
    AtLeast(f64),
}

use Goal::{AtLeast, AtMost};
use WorkloadKind::{W1, W2, W3a, W3b, W4r, W4s, W5, W6};

/// Per workload: the goal with callbacks, the goal with streams.
const GOALS: [(WorkloadKind, Goal, Goal); 8] = [
    (W1, AtMost(1.05), AtMost(1.08)),
    (W2, AtLeast(0.90), AtLeast(0.80)),
    (W4r, AtLeast(1.25), AtLeast(0.95)),
    (W4s, AtLeast(0.95), AtLeast(0.95)),
    (W3a, AtLeast(0.95), AtLeast(0.90)),
    (W3b, AtLeast(0.95), AtLeast(0.90)),
    (W6, AtLeast(0.85), AtLeast(0.80)),
    (W5, AtMost(8.0), AtMost(10.0)),
];

impl Goal {
    /// The goal of `client` in `workload`; only the native adapter's rows have one.
    pub(crate) fn of(workload: WorkloadKind, client: ClientKind) -> Option<Self> {
        let (_, callbacks, stream) = GOALS.iter().find(|(kind, ..)| *kind == workload)?;
        match client {
            ClientKind::TaroSocketCallbacks => Some(*callbacks),
            ClientKind::TaroSocketStream => Some(*stream),
            _ => None,
        }
    }

    /// The bound itself.
    pub(crate) const fn bound(self) -> f64 {
        match self {
            AtMost(bound) | AtLeast(bound) => bound,
        }
    }

    /// Whether `measured` keeps the bound, compared at the two decimals that are printed.
    pub(crate) fn is_reached(self, measured: f64) -> bool {
        let measured = (measured * 100.0).round() / 100.0;
        match self {
            AtMost(bound) => measured <= bound,
            AtLeast(bound) => measured >= bound,
        }
    }

    /// `reached` or `missed`, with the bound.
    pub(crate) fn verdict(self, measured: f64) -> String {
        let word = if self.is_reached(measured) {
            "reached"
        } else {
            "missed"
        };
        match self {
            AtMost(bound) => format!("{word} (≤ {bound:.2})"),
            AtLeast(bound) => format!("{word} (≥ {bound:.2})"),
        }
    }
}
