//! A fresh run against the recorded one.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context as _, Result, ensure};
use taro_socket_report::{Evidence, PlatformEntry, Status, read_evidence};

use super::{Args, host, recorded_path, relative};
use crate::steps::Counts;

/// Runs the suite without recording it, and compares it with what is recorded.
pub fn compare(entry: &PlatformEntry, counts: &mut Counts) -> Result<()> {
    let remedy = format!("run `cargo xtask conformance {}`", entry.key);
    let mut count = 0;
    for file in entry.evidence {
        let run = host::run(entry, file, &Args::default())?;
        let end = run.evidence.end();
        *counts += Counts {
            passed: end.passed,
            failed: end.failed,
        };
        run.outcome?;
        let path = recorded_path(file);
        let recorded = read_evidence(&path)
            .with_context(|| format!("no evidence in {}: {remedy}", relative(&path)))?;
        let differences = differences(&recorded, &run.evidence);
        for difference in &differences {
            println!("  {file}: {difference}");
        }
        count += differences.len();
    }
    ensure!(
        count == 0,
        "{count} outcomes differ from what is recorded; if they should: {remedy}"
    );
    Ok(())
}

/// Cases that are new, gone, or ended otherwise.
fn differences(recorded: &Evidence, fresh: &Evidence) -> Vec<String> {
    let (old, new) = (statuses(recorded), statuses(fresh));
    let ids: BTreeSet<_> = old.keys().chain(new.keys()).collect();
    let differing = ids.into_iter().filter(|&id| old.get(id) != new.get(id));
    let line = |id: &&str| {
        format!(
            "{id}: recorded {}, now {}",
            word(old.get(id)),
            word(new.get(id))
        )
    };
    differing.map(line).collect()
}

fn statuses(evidence: &Evidence) -> BTreeMap<&str, Status> {
    evidence
        .outcomes()
        .iter()
        .map(|outcome| (outcome.id.as_str(), outcome.status))
        .collect()
}

fn word(status: Option<&Status>) -> &'static str {
    match status {
        Some(Status::Passed) => "passed",
        Some(Status::Failed) => "failed",
        Some(Status::Unsupported) => "unsupported",
        None => "absent",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::commands::matrix::sample::{Case, evidence};

    #[test]
    fn a_case_that_ends_otherwise_is_a_difference() {
        let passed = |id| -> Case<'static> { (id, Status::Passed, &[], &[]) };
        let recorded = evidence("native", &[passed("a/1"), passed("a/2")]);
        let fresh = evidence(
            "native",
            &[passed("a/1"), ("a/3", Status::Unsupported, &[], &[])],
        );
        assert_eq!(
            differences(&recorded, &fresh),
            [
                "a/2: recorded passed, now absent",
                "a/3: recorded absent, now unsupported"
            ]
        );
        assert!(differences(&recorded, &recorded).is_empty());
    }
}
