//! The program that runs the suite on a platform.

use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use anyhow::{Context as _, Result, bail, ensure};
use taro_socket_report::{Evidence, PlatformEntry, read_evidence};

use super::{Args, current_fingerprint, relative};
use crate::process::Program;
use crate::{programs, repository};

/// A host that has not ended by then is stopped.
const LIMIT: Duration = Duration::from_secs(15 * 60);

/// A run that came to its end.
pub struct Run {
    /// What the host wrote: of this platform, from these sources, with an end record.
    pub evidence: Evidence,
    /// An error when a case failed.
    pub outcome: Result<()>,
}

/// Runs the suite; an error when it did not come to its end.
pub fn run(entry: &PlatformEntry, file: &str, args: &Args) -> Result<Run> {
    let report = report_path(file.trim_end_matches(".jsonl"))?;
    let fingerprint = current_fingerprint(&repository::root(), entry)?;
    let mut host = program(entry, args, &report, &fingerprint)?;
    if file == super::TARO {
        host = host.arg("--taro");
    } else if let Some((first, second)) = entry.variant(file) {
        let options = entry.axes.map(|axis| format!("--{axis}"));
        let [one, other] = &options;
        host = host.args([one, &first, other, &second]);
    }
    if entry.host != entry.key {
        // One program runs several platforms.
        host = host.args(["--platform", entry.key]);
    }
    let ended = host.run();
    if !report.exists() {
        ended?;
        bail!("the host of {} wrote no evidence", entry.key);
    }
    let evidence = read_evidence(&report).with_context(|| relative(&report))?;
    check(entry, &evidence, &fingerprint, args.filter.is_some())?;
    let end = evidence.end();
    println!(
        "  {}: {} passed, {} failed, {} unsupported",
        file, end.passed, end.failed, end.unsupported
    );
    let seed = evidence.header().seed;
    let outcome = match (end.failed, ended) {
        (0, ended) => ended,
        (failed, _) => Err(anyhow::anyhow!(
            "{failed} cases failed, in the order of --seed {seed}"
        )),
    };
    Ok(Run { evidence, outcome })
}

/// The host's command line; its report of an earlier run is gone.
pub fn program(
    entry: &PlatformEntry,
    args: &Args,
    report: &Path,
    fingerprint: &str,
) -> Result<Program> {
    if report.exists() {
        std::fs::remove_file(report)?;
    }
    let seed = args.seed.map_or_else(new_seed, Ok)?;
    let mut host = programs::quick(&entry.host_package())?
        .arg("--report")
        .arg(report)
        .args(["--fingerprint", fingerprint, "--seed", &seed.to_string()])
        .within(LIMIT);
    if let Some(filter) = &args.filter {
        host = host.args(["--filter", filter]);
    }
    Ok(host)
}

/// Where a run leaves its report.
pub fn report_path(name: &str) -> Result<PathBuf> {
    let folder = repository::target().join("conformance");
    std::fs::create_dir_all(&folder)?;
    Ok(folder.join(format!("{name}.jsonl")))
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
    Ok(())
}

/// The clock's nanoseconds: enough that two runs rarely have the same order.
fn new_seed() -> Result<u64> {
    let now = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .context("the clock is before 1970")?;
    Ok(u64::from(now.subsec_nanos()))
}
