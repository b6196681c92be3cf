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

/// Counts of a line such as `test result: ok. 3 passed; 1 failed; 0 ignored; ..`.
pub fn count(line: &str) -> Counts {
    let Some((_, numbers)) = line.split_once("test result:") else {
        return Counts::default();
    };
    let number_before = |word: &str| {
        let before = numbers.split(word).next().unwrap_or_default().trim_end();
        before
            .rsplit(|character: char| !character.is_ascii_digit())
            .next()?
            .parse()
            .ok()
    };
    Counts {
        passed: number_before(" passed").unwrap_or_default(),
        failed: number_before(" failed").unwrap_or_default(),
    }
}

#[derive(Debug)]
enum Outcome {
    Passed,
    Failed(String),
    LeftOut,
}

impl Outcome {
    fn word(&self) -> &'static str {
        match self {
            Self::Passed => "ok",
            Self::Failed(_) => "FAILED",
            Self::LeftOut => "not tested",
        }
    }
}

#[derive(Debug)]
struct Row {
    name: String,
    outcome: Outcome,
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
            outcome: outcome.map_or_else(Outcome::Failed, |()| Outcome::Passed),
            counts,
            took: begin.elapsed(),
        });
    }

    /// A step that cannot be run here: it has neither passed nor failed, and says why.
    pub fn leave_out(&mut self, name: &str, why: &str) {
        println!("\n== {name}\n  not tested: {why}");
        self.rows.push(Row {
            name: name.to_owned(),
            outcome: Outcome::LeftOut,
            counts: Counts::default(),
            took: Duration::ZERO,
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
                row.outcome.word().to_owned(),
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
        let mut failed = 0;
        for row in &self.rows {
            if let Outcome::Failed(error) = &row.outcome {
                println!("{}: {error}", row.name);
                failed += 1;
            }
        }
        if failed == 0 {
            return Ok(());
        }
        bail!("{failed} of {} steps failed", self.rows.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_are_counted() {
        let line = "test result: FAILED. 12 passed; 3 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.1s";
        assert_eq!(
            count(line),
            Counts {
                passed: 12,
                failed: 3
            }
        );
        let coloured = "test result: \u{1b}[32mok\u{1b}[0m. 7 passed; 0 failed; 0 ignored";
        assert_eq!(
            count(coloured),
            Counts {
                passed: 7,
                failed: 0
            }
        );
        assert_eq!(count("running 3 tests"), Counts::default());
    }

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
    fn what_is_left_out_neither_passes_nor_fails() {
        let mut steps = Steps::default();
        steps.leave_out("absent", "no compiler");
        assert_eq!(steps.counts(), Counts::default());
        steps.conclude().unwrap();
        assert!(steps.table().to_string().contains("not tested"));
    }

    #[test]
    fn steps_that_all_pass_conclude_well() {
        let mut steps = Steps::default();
        steps.run("plain", |_| Ok(()));
        steps.conclude().unwrap();
    }
}
