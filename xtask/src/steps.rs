//! Steps one after the other, and a summary of them.

use std::time::{Duration, Instant};

use anyhow::{Result, bail};
use comfy_table::{Table, presets};

/// Tests that a step ran.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    pub passed: usize,
    pub failed: usize,
}

impl Counts {
    /// A step that is one test by itself.
    pub const ONE: Self = Self {
        passed: 1,
        failed: 0,
    };
}

impl std::ops::AddAssign for Counts {
    fn add_assign(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
    }
}

#[derive(Debug)]
struct Row {
    name: String,
    outcome: Result<(), String>,
    counts: Counts,
    took: Duration,
}

/// Runs steps to the end even when some fail.
#[derive(Debug, Default)]
pub struct Steps {
    rows: Vec<Row>,
}

impl Steps {
    /// Runs one step. What it counted in `Counts` holds also where it failed.
    pub fn run(&mut self, name: &str, step: impl FnOnce(&mut Counts) -> Result<()>) {
        println!("\n== {name}");
        let mut counts = Counts::default();
        let begin = Instant::now();
        let outcome = step(&mut counts).map_err(|error| format!("{error:#}"));
        if let Err(error) = &outcome {
            println!("  failed: {error}");
        }
        match &outcome {
            Ok(()) if counts == Counts::default() => counts = Counts::ONE,
            Err(_) if counts.failed == 0 => counts.failed = 1,
            _ => {}
        }
        self.rows.push(Row {
            name: name.to_owned(),
            outcome,
            counts,
            took: begin.elapsed(),
        });
    }

    /// All counts together.
    pub fn counts(&self) -> Counts {
        let mut sum = Counts::default();
        self.rows.iter().for_each(|row| sum += row.counts);
        sum
    }

    /// The summary table.
    fn table(&self) -> Table {
        let mut table = Table::new();
        table.load_preset(presets::UTF8_BORDERS_ONLY);
        table.set_header(["step", "result", "passed", "failed", "seconds"]);
        for row in &self.rows {
            table.add_row([
                row.name.clone(),
                row.outcome.as_ref().map_or("FAILED", |()| "ok").to_owned(),
                row.counts.passed.to_string(),
                row.counts.failed.to_string(),
                format!("{:.1}", row.took.as_secs_f64()),
            ]);
        }
        table
    }

    /// Prints the summary; an error when a step failed.
    pub fn conclude(&self) -> Result<()> {
        println!("\n{}", self.table());
        let failed: Vec<_> = self
            .rows
            .iter()
            .filter(|row| row.outcome.is_err())
            .collect();
        for row in &failed {
            if let Err(error) = &row.outcome {
                println!("{}: {error}", row.name);
            }
        }
        if failed.is_empty() {
            return Ok(());
        }
        bail!("{} of {} steps failed", failed.len(), self.rows.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_step_runs_and_counts() {
        let mut steps = Steps::default();
        steps.run("plain", |_| Ok(()));
        steps.run("broken", |_| bail!("no"));
        steps.run("tests", |counts| {
            *counts = Counts {
                passed: 5,
                failed: 2,
            };
            bail!("tests failed")
        });
        assert_eq!(
            steps.counts(),
            Counts {
                passed: 6,
                failed: 3
            }
        );
        assert!(steps.conclude().is_err());
        assert!(steps.table().to_string().contains("broken"));
    }

    #[test]
    fn steps_that_all_pass_conclude_well() {
        let mut steps = Steps::default();
        steps.run("plain", |_| Ok(()));
        steps.conclude().unwrap();
    }
}
