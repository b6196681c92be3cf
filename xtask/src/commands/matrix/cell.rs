//! One cell: what a platform's evidence says about one row.

use std::fmt;

use taro_socket_report::{Evidence, HostKind, Outcome, Status};

use super::column::Column;
use super::rows::needed_capability;

/// A cell of the matrix.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cell {
    /// All cases passed.
    Passed { cases: usize, host: HostKind },
    /// Some did not.
    Failed { passed: usize, cases: usize },
    /// Declared unsupported, and its refusal is tested.
    Refused,
    /// No current run says anything.
    Unknown,
}

impl fmt::Display for Cell {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Passed {
                cases,
                host: HostKind::Real,
            } => write!(f, "✔ {cases}/{cases}"),
            Self::Passed {
                cases,
                host: HostKind::Simulated,
            } => write!(f, "◇ {cases}/{cases}"),
            Self::Failed { passed, cases } => write!(f, "✘ {passed}/{cases}"),
            Self::Refused => write!(f, "–"),
            Self::Unknown => write!(f, "?"),
        }
    }
}

impl Cell {
    /// The cell of `row`.
    pub fn of(column: &Column, row: &str) -> Self {
        column
            .current()
            .map_or(Self::Unknown, |evidence| Self::judge(evidence, row))
    }

    /// The cell that counts every case.
    pub fn total(column: &Column) -> Self {
        let Some(evidence) = column.current() else {
            return Self::Unknown;
        };
        Self::count(evidence, evidence.outcomes().iter()).unwrap_or(Self::Unknown)
    }

    fn judge(evidence: &Evidence, row: &str) -> Self {
        let covers = |outcome: &&Outcome| outcome.covers.iter().any(|name| name == row);
        let covering = evidence.outcomes().iter().filter(covers);
        let (probes, uses): (Vec<&Outcome>, Vec<&Outcome>) =
            covering.partition(|outcome| outcome.is_refusal_probe());
        let declared = |name: &str| {
            evidence
                .header()
                .capabilities
                .iter()
                .any(|declared| declared == name)
        };
        let undeclared = needed_capability(row).is_some_and(|name| !declared(name));
        // What is not declared has nothing to count but its refusal: that a broken
        // header is refused, for example, does not mean that headers are sent.
        let used = if undeclared {
            None
        } else {
            Self::count(evidence, uses.iter().copied())
        };
        let refusals = Self::count(evidence, probes.iter().copied());
        match (used, refusals) {
            (Some(cell), None | Some(Self::Passed { .. })) => cell,
            (None, Some(Self::Passed { .. })) => Self::Refused,
            (_, Some(failed)) => failed,
            (None, None) => Self::Unknown,
        }
    }

    /// Counts the cases that were run; `None` when none was.
    fn count<'a>(evidence: &Evidence, outcomes: impl Iterator<Item = &'a Outcome>) -> Option<Self> {
        let run: Vec<_> = outcomes
            .filter(|outcome| outcome.status != Status::Unsupported)
            .collect();
        let passed = run
            .iter()
            .filter(|outcome| outcome.status == Status::Passed)
            .count();
        match run.len() {
            0 => None,
            cases if cases == passed => Some(Self::Passed {
                cases,
                host: evidence.header().host,
            }),
            cases => Some(Self::Failed { passed, cases }),
        }
    }
}

#[cfg(test)]
mod tests {
    use taro_socket_report::Status::{Failed, Passed, Unsupported};

    use super::*;
    use crate::commands::matrix::sample;

    const HEADER: &[&str] = &["ConnectSocketOption.header", "Capability.RequestHeader"];

    #[track_caller]
    fn shows(cases: &[sample::Case<'_>], row: &str, text: &str) {
        let evidence = sample::evidence("native", cases);
        assert_eq!(Cell::judge(&evidence, row).to_string(), text);
    }

    #[test]
    fn passes_are_counted() {
        let cases = [
            ("a/1", Passed, &["X"][..], &[][..]),
            ("a/2", Passed, &["X", "Y"], &[]),
        ];
        shows(&cases, "X", "✔ 2/2");
        shows(&cases, "Y", "✔ 1/1");
        shows(&cases, "Z", "?");
    }

    #[test]
    fn a_simulated_host_has_a_sign_of_its_own() {
        let evidence = sample::evidence("mock", &[("a/1", Passed, &["X"], &[])]);
        assert_eq!(Cell::judge(&evidence, "X").to_string(), "◇ 1/1");
    }

    #[test]
    fn a_failure_shows_whatever_else_passes() {
        shows(
            &[("a/1", Passed, &["X"], &[]), ("a/2", Failed, &["X"], &[])],
            "X",
            "✘ 1/2",
        );
    }

    #[test]
    fn what_was_not_run_does_not_count() {
        shows(
            &[
                ("a/1", Passed, &["X"], &[]),
                ("a/2", Unsupported, &["X"], &["Tls"]),
            ],
            "X",
            "✔ 1/1",
        );
        shows(&[("a/2", Unsupported, &["X"], &["Tls"])], "X", "?");
    }

    #[test]
    fn a_tested_refusal_is_a_dash() {
        let cases = [
            ("a/use", Unsupported, HEADER, &["RequestHeader"][..]),
            ("a/refusal", Passed, HEADER, &["!RequestHeader"]),
            ("a/check", Passed, &["ConnectSocketOption.header"], &[]),
        ];
        shows(&cases, "ConnectSocketOption.header", "–");
        shows(&cases, "Capability.RequestHeader", "–");
    }

    #[test]
    fn a_refusal_that_fails_is_a_failure() {
        let cases = [
            ("a/use", Unsupported, HEADER, &["RequestHeader"][..]),
            ("a/refusal", Failed, HEADER, &["!RequestHeader"]),
        ];
        shows(&cases, "ConnectSocketOption.header", "✘ 0/1");
        shows(&cases, "Capability.RequestHeader", "✘ 0/1");
    }

    #[test]
    fn an_undeclared_capability_is_never_a_pass() {
        let cases = [("a/use", Passed, &["Capability.RequestHeader"][..], &[][..])];
        shows(&cases, "Capability.RequestHeader", "?");
        shows(
            &[("a/use", Passed, &["Capability.PlainWs"], &["PlainWs"])],
            "Capability.PlainWs",
            "✔ 1/1",
        );
    }
}
