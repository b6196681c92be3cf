//! A fresh run against the recorded one.

use std::collections::{BTreeMap, BTreeSet};
use std::thread;

use anyhow::{Context as _, Result, anyhow, ensure};
use taro_socket_report::{Evidence, PlatformEntry, Status, read_evidence};

use super::{Args, host, recorded_path, relative};
use crate::steps::Counts;

/// Runs the suite without recording it, and compares it with what is recorded.
pub fn compare(entry: &PlatformEntry, counts: &mut Counts) -> Result<()> {
    let mut differing = 0;
    for files in together(entry) {
        let runs = thread::scope(|scope| {
            let started = files.iter().map(|file| {
                let run = || host::run(entry, file, &Args::default());
                scope.spawn(run)
            });
            // All are started before the first is waited for.
            let started: Vec<_> = started.collect();
            let ended = started.into_iter().map(|run| {
                let panicked = |_| Err(anyhow!("the run has panicked"));
                run.join().unwrap_or_else(panicked)
            });
            ended.collect::<Vec<_>>()
        });
        for (file, run) in files.iter().zip(runs) {
            differing += compare_run(entry, file, run?, counts)?;
        }
    }
    let remedy = remedy(entry);
    ensure!(
        differing == 0,
        "{differing} outcomes differ from what is recorded; if they should: {remedy}"
    );
    Ok(())
}

/// Evidence files by what runs at once. Simulated hosts wait most of the time, so there are three of them; browsers
/// take all that a machine has.
fn together(entry: &PlatformEntry) -> impl Iterator<Item = &'static [&'static str]> {
    let simulated = entry.axes.contains(&"variant");
    entry.evidence.chunks(if simulated { 3 } else { 1 })
}

fn compare_run(
    entry: &PlatformEntry,
    file: &str,
    run: host::Run,
    counts: &mut Counts,
) -> Result<usize> {
    let end = run.evidence.end();
    *counts += Counts {
        passed: end.passed,
        failed: end.failed,
    };
    run.outcome?;
    let path = recorded_path(file);
    let recorded = read_evidence(&path)
        .with_context(|| format!("no evidence in {}: {}", relative(&path), remedy(entry)))?;
    let differences = differences(&recorded, &run.evidence);
    for difference in &differences {
        println!("  {file}: {difference}");
    }
    Ok(differences.len())
}

fn remedy(entry: &PlatformEntry) -> String {
    format!("run `cargo xtask conformance {}`", entry.key)
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
    fn every_file_is_run_and_browsers_are_alone() {
        for entry in taro_socket_report::platforms() {
            let groups: Vec<_> = together(entry).collect();
            assert_eq!(groups.concat(), entry.evidence, "{}", entry.key);
            let most = groups.iter().map(|group| group.len()).max();
            let simulated = entry.evidence.len() > 1 && entry.key != "h5";
            assert_eq!(most, Some(if simulated { 3 } else { 1 }), "{}", entry.key);
        }
    }

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
