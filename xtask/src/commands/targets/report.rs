//! What was found for each target, as a table.

use anyhow::{Error, Result, bail, ensure};
use comfy_table::{Table, presets};

/// What was found for one.
#[derive(Debug)]
pub struct Found {
    /// How its standard library came here.
    pub library: &'static str,
    pub features: &'static str,
    pub verdict: Verdict,
}

#[derive(Debug)]
pub enum Verdict {
    Checked,
    /// Checked, and so many tests passed.
    Ran(usize),
    /// Checked; why its tests were not run.
    Untested(String),
    /// Nothing was looked at, and why.
    Skipped(String),
    Failed(String),
}

impl Verdict {
    fn words(&self) -> String {
        match self {
            Self::Checked => "checked".to_owned(),
            Self::Ran(tests) => format!("checked, ran {tests} tests"),
            Self::Untested(why) => format!("checked, tests skipped: {why}"),
            Self::Skipped(why) => format!("skipped: {why}"),
            Self::Failed(why) => format!("FAILED: {why}"),
        }
    }
}

impl Found {
    pub fn without_library(why: &Error) -> Self {
        Self {
            library: "none",
            features: "–",
            verdict: Verdict::Skipped(format!("{why:#}")),
        }
    }
}

/// All targets that were asked for.
#[derive(Debug, Default)]
pub struct Report {
    rows: Vec<(&'static str, Found)>,
}

impl Report {
    pub fn add(&mut self, target: &'static str, found: Found) {
        println!("  {target}: {}", found.verdict.words());
        self.rows.push((target, found));
    }

    fn table(&self) -> Table {
        let mut table = Table::new();
        table.load_preset(presets::UTF8_BORDERS_ONLY).set_header([
            "target",
            "standard library",
            "features",
            "result",
        ]);
        for (target, found) in &self.rows {
            let verdict = found.verdict.words();
            table.add_row([target, found.library, found.features, &verdict]);
        }
        table
    }

    /// Shows the table; an error where one fails, or where nothing was looked at.
    pub fn conclude(&self) -> Result<()> {
        println!("\n{}", self.table());
        let count = |which: fn(&Verdict) -> bool| {
            let verdicts = self.rows.iter().map(|(_, found)| &found.verdict);
            verdicts.filter(|verdict| which(verdict)).count()
        };
        let failed = count(|verdict| matches!(verdict, Verdict::Failed(_)));
        if failed > 0 {
            bail!("{failed} of {} targets failed", self.rows.len());
        }
        let skipped = count(|verdict| matches!(verdict, Verdict::Skipped(_)));
        ensure!(skipped < self.rows.len(), "no target could be looked at");
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn report(verdicts: Vec<Verdict>) -> Report {
        let mut report = Report::default();
        for verdict in verdicts {
            let found = Found {
                library: "present",
                features: "default",
                verdict,
            };
            report.add("a-target", found);
        }
        report
    }

    #[test]
    fn each_row_says_what_was_done_or_why_not() {
        let rows = report(vec![
            Verdict::Checked,
            Verdict::Ran(7),
            Verdict::Untested("no emulator".to_owned()),
            Verdict::Skipped("no library".to_owned()),
            Verdict::Failed("E0599".to_owned()),
        ]);
        let table = rows.table().to_string();
        for words in [
            "checked",
            "ran 7 tests",
            "tests skipped: no emulator",
            "skipped: no library",
            "FAILED: E0599",
        ] {
            assert!(table.contains(words), "{words}: {table}");
        }
    }

    #[test]
    fn a_failure_fails_and_so_does_a_report_of_nothing() {
        let skipped = || Verdict::Skipped("no library".to_owned());
        let failed = Verdict::Failed("E0599".to_owned());
        report(vec![skipped(), Verdict::Checked])
            .conclude()
            .unwrap();
        let untested = Verdict::Untested("no emulator".to_owned());
        report(vec![untested]).conclude().unwrap();
        let error = report(vec![Verdict::Ran(7), failed]).conclude();
        assert_eq!(error.unwrap_err().to_string(), "1 of 2 targets failed");
        assert!(report(vec![skipped(), skipped()]).conclude().is_err());
        assert!(Report::default().conclude().is_err());
    }

    #[test]
    fn a_target_without_library_says_so() {
        let found = Found::without_library(&anyhow::anyhow!("rustup brings none"));
        assert_eq!(found.verdict.words(), "skipped: rustup brings none");
        assert_eq!(found.library, "none");
    }
}
