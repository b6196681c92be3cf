//! The test of the suite: each case catches the faulty mock that it names.

use anyhow::{Result, ensure};
use taro_socket_report::PlatformEntry;

use super::{Args, current_fingerprint, existing, host};
use crate::repository;
use crate::steps::Counts;

/// The host that knows the faulty mocks.
pub const HOST: &str = "mock";

/// Runs every case against its faulty mock, as a step.
pub fn self_test(counts: &mut Counts) -> Result<()> {
    run(existing(HOST)?, &Args::default(), counts)
}

pub fn run(entry: &PlatformEntry, args: &Args, counts: &mut Counts) -> Result<()> {
    let report = host::report_path("self-test")?;
    let fingerprint = current_fingerprint(&repository::root(), entry)?;
    let program = host::program(entry, args, &report, &fingerprint)?.arg("--self-test");
    program.each_line(|line| *counts = count(line).unwrap_or(*counts))?;
    ensure!(
        counts.passed > 0,
        "the host of {} tested no case",
        entry.key
    );
    Ok(())
}

/// Counts of the last line, `N caught, N missed`.
fn count(line: &str) -> Option<Counts> {
    let (caught, missed) = line.split_once(" caught, ")?;
    let missed = missed.strip_suffix(" missed")?;
    Some(Counts {
        passed: caught.parse().ok()?,
        failed: missed.parse().ok()?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_line_is_counted() {
        assert_eq!(
            count("222 caught, 1 missed"),
            Some(Counts {
                passed: 222,
                failed: 1
            })
        );
        assert_eq!(
            count("caught      send/text (loses-send): was caught, as it should"),
            None
        );
    }
}
