//! `conformance`: the suite on one platform, or the suite's own test.

use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use anyhow::{Context as _, Result, bail, ensure};
use taro_socket_report::{
    Evidence, PlatformEntry, Status, fingerprint, platform, platforms, read_evidence,
    write_evidence,
};

use crate::process::Program;
use crate::repository;
use crate::steps::Counts;

/// A host that has not ended by then is stopped.
const LIMIT: Duration = Duration::from_secs(15 * 60);

/// Host that knows the faulty mocks.
const SELF_TEST_HOST: &str = "mock";

/// Runs the conformance suite on a platform and records the evidence.
#[derive(clap::Args, Debug, Default)]
pub struct Args {
    /// weapp, swan, alipay, h5, rn, native or mock.
    #[arg(required_unless_present = "self_test")]
    platform: Option<String>,
    /// Only cases whose identifier contains this; nothing is recorded.
    #[arg(long, value_name = "ID")]
    filter: Option<String>,
    /// Tests the suite itself: each case must catch the faulty mock that it names.
    #[arg(long)]
    self_test: bool,
    /// Seed of the order of the cases; a new one by default.
    #[arg(long, value_name = "N")]
    seed: Option<u64>,
    /// Keeps the recorded evidence as it is.
    #[arg(long)]
    no_record: bool,
}

pub fn run(args: &Args) -> Result<()> {
    let key = args.platform.as_deref().unwrap_or(SELF_TEST_HOST);
    let entry = existing(key)?;
    let evidence = run_host(entry, args)?;
    if args.self_test {
        return Ok(());
    }
    let evidence = evidence.with_context(|| format!("{key} wrote no evidence"))?;
    if args.filter.is_none() && !args.no_record {
        let recorded = recorded_path(entry);
        write_evidence(&recorded, &evidence)?;
        println!(
            "  recorded in {}; `cargo xtask matrix` shows it",
            relative(&recorded)
        );
    }
    Ok(())
}

/// Runs the suite without recording it, and compares it with what is recorded.
pub fn compare(entry: &PlatformEntry, counts: &mut Counts) -> Result<()> {
    let fresh = run_host(
        entry,
        &Args {
            no_record: true,
            ..Args::default()
        },
    );
    if let Ok(fresh) = read_evidence(&report_path(entry, false)) {
        *counts = Counts {
            passed: fresh.end().passed,
            failed: fresh.end().failed,
        };
    }
    let fresh = fresh?.with_context(|| format!("{} wrote no evidence", entry.key))?;
    let path = recorded_path(entry);
    let recorded = read_evidence(&path).with_context(|| {
        format!(
            "no evidence in {}, run `cargo xtask conformance {}`",
            relative(&path),
            entry.key
        )
    })?;
    let differences = differences(&recorded, &fresh);
    for difference in &differences {
        println!("  {difference}");
    }
    ensure!(
        differences.is_empty(),
        "{} outcomes differ from {}; if they should, run `cargo xtask conformance {}`",
        differences.len(),
        relative(&path),
        entry.key
    );
    Ok(())
}

/// Runs the suite on the faulty mocks.
pub fn self_test(counts: &mut Counts) -> Result<()> {
    let entry = existing(SELF_TEST_HOST)?;
    let result = run_host(
        entry,
        &Args {
            self_test: true,
            ..Args::default()
        },
    );
    if let Ok(report) = read_evidence(&report_path(entry, true)) {
        *counts = Counts {
            passed: report.end().passed,
            failed: report.end().failed,
        };
    }
    result.map(drop)
}

/// The current fingerprint of what a platform's build includes.
pub fn current_fingerprint(root: &Path, entry: &PlatformEntry) -> Result<String> {
    fingerprint(root, &entry.sources()).with_context(|| format!("sources of {}", entry.key))
}

/// Platforms whose adapter is there.
pub fn existing_platforms() -> impl Iterator<Item = &'static PlatformEntry> {
    let root = repository::root();
    platforms().iter().filter(move |entry| entry.exists(&root))
}

fn existing(key: &str) -> Result<&'static PlatformEntry> {
    let keys = || {
        existing_platforms()
            .map(|entry| entry.key)
            .collect::<Vec<_>>()
            .join(", ")
    };
    match platform(key) {
        Some(entry) if entry.exists(&repository::root()) => Ok(entry),
        Some(_) => bail!("{key} has no adapter yet; there are {}", keys()),
        None => bail!("no platform is called {key}; there are {}", keys()),
    }
}

/// Runs the host program; the evidence it wrote, checked, if it wrote any.
fn run_host(entry: &PlatformEntry, args: &Args) -> Result<Option<Evidence>> {
    let report = report_path(entry, args.self_test);
    if report.exists() {
        std::fs::remove_file(&report)?;
    }
    std::fs::create_dir_all(repository::target().join("conformance"))?;
    let fingerprint = current_fingerprint(&repository::root(), entry)?;
    let seed = args.seed.map_or_else(new_seed, Ok)?;
    let mut host = Program::cargo()
        .args([
            "run",
            "--quiet",
            "--package",
            &entry.host_package(),
            "--",
            "--report",
        ])
        .arg(&report)
        .args(["--fingerprint", &fingerprint, "--seed", &seed.to_string()])
        .within(LIMIT);
    if let Some(filter) = &args.filter {
        host = host.args(["--filter", filter]);
    }
    if args.self_test {
        host = host.arg("--self-test");
    }
    host.run()
        .with_context(|| format!("order of the cases: --seed {seed}"))?;
    if !report.exists() {
        return Ok(None);
    }
    let evidence = read_evidence(&report).with_context(|| relative(&report))?;
    if !args.self_test {
        check(entry, &evidence, &fingerprint, args.filter.is_some())?;
    }
    Ok(Some(evidence))
}

fn check(
    entry: &PlatformEntry,
    evidence: &Evidence,
    fingerprint: &str,
    filtered: bool,
) -> Result<()> {
    let header = evidence.header();
    ensure!(
        header.platform == entry.key,
        "the evidence is of platform {}",
        header.platform
    );
    ensure!(
        header.fingerprint == fingerprint,
        "the evidence carries another fingerprint"
    );
    ensure!(
        filtered || evidence.is_whole_suite(),
        "the run left out cases of the suite"
    );
    ensure!(!evidence.outcomes().is_empty(), "no case matches");
    let end = evidence.end();
    println!(
        "  {}: {} passed, {} failed, {} unsupported",
        entry.key, end.passed, end.failed, end.unsupported
    );
    ensure!(end.failed == 0, "{} cases failed", end.failed);
    Ok(())
}

/// Cases that are new, gone, or ended otherwise.
fn differences(recorded: &Evidence, fresh: &Evidence) -> Vec<String> {
    let statuses = |evidence: &Evidence| {
        let pairs = evidence
            .outcomes()
            .iter()
            .map(|outcome| (outcome.id.clone(), outcome.status));
        pairs.collect::<std::collections::BTreeMap<_, _>>()
    };
    let (old, new) = (statuses(recorded), statuses(fresh));
    let ids: std::collections::BTreeSet<_> = old.keys().chain(new.keys()).collect();
    let differing = ids.into_iter().filter(|&id| old.get(id) != new.get(id));
    differing
        .map(|id| {
            format!(
                "{id}: recorded {}, now {}",
                word(old.get(id)),
                word(new.get(id))
            )
        })
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

fn report_path(entry: &PlatformEntry, self_test: bool) -> PathBuf {
    let name = if self_test { "self-test" } else { entry.key };
    repository::target()
        .join("conformance")
        .join(format!("{name}.jsonl"))
}

fn recorded_path(entry: &PlatformEntry) -> PathBuf {
    repository::root()
        .join("tests/results")
        .join(entry.evidence[0])
}

fn relative(path: &Path) -> String {
    path.strip_prefix(repository::root())
        .unwrap_or(path)
        .display()
        .to_string()
}

/// The clock's nanoseconds: enough that two runs rarely have the same order.
fn new_seed() -> Result<u64> {
    let now = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .context("the clock is before 1970")?;
    Ok(u64::from(now.subsec_nanos()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::commands::matrix::sample;

    #[test]
    fn a_case_that_ends_otherwise_is_a_difference() {
        let recorded = sample::evidence(
            "native",
            &[
                ("a/1", Status::Passed, &[][..], &[][..]),
                ("a/2", Status::Passed, &[], &[]),
            ],
        );
        let fresh = sample::evidence(
            "native",
            &[
                ("a/1", Status::Passed, &[][..], &[][..]),
                ("a/3", Status::Unsupported, &[], &[]),
            ],
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

    #[test]
    fn a_platform_without_adapter_is_named() {
        assert!(
            existing("quickapp")
                .unwrap_err()
                .to_string()
                .contains("no platform")
        );
    }
}
