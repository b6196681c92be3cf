//! The results of a run: what the fuzzing server reports, and what is kept.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use anyhow::{Context as _, Result};
use comfy_table::{Table, presets};
use serde::{Deserialize, Serialize};

use super::sections::{Sections, section};
use crate::findings::Findings;
use crate::repository;

/// Verdicts from best to worst.
const VERDICTS: &[&str] = &[
    "OK",
    "NON-STRICT",
    "INFORMATIONAL",
    "UNIMPLEMENTED",
    "FAILED",
];

/// The number of a case, in the order of the case files.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Number(Vec<u32>, String);

impl From<&str> for Number {
    fn from(case: &str) -> Self {
        Self(
            case.split('.')
                .map(|part| part.parse().unwrap_or(u32::MAX))
                .collect(),
            case.to_owned(),
        )
    }
}

/// What the server says about a case, kept as evidence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CaseResult {
    /// Verdict on the messages.
    pub behavior: String,
    /// Verdict on the end.
    pub behavior_close: String,
    /// Status code of the client's Close frame.
    pub remote_close_code: Option<u16>,
    /// Status codes that the case wants from the client.
    #[serde(skip)]
    pub wanted_close_codes: Vec<u16>,
}

/// The results by case.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Record {
    cases: BTreeMap<Number, CaseResult>,
}

/// A case's own report; the index does not hold all of it.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Report {
    behavior: String,
    behavior_close: String,
    remote_close_code: Option<u16>,
    #[serde(default)]
    expected_close: ExpectedClose,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct ExpectedClose {
    close_code: Vec<u16>,
}

#[derive(Deserialize)]
struct IndexEntry {
    reportfile: String,
}

impl Record {
    /// Reads what the fuzzing server wrote.
    pub fn from_reports(folder: &Path, agent: &str) -> Result<Self> {
        let index = repository::read(&folder.join("index.json"))?;
        let agents: BTreeMap<String, BTreeMap<String, IndexEntry>> =
            serde_json::from_str(&index).context("index.json")?;
        let entries = agents
            .get(agent)
            .with_context(|| format!("no report of {agent}"))?;
        let mut record = Self::default();
        for (case, entry) in entries {
            let text = repository::read(&folder.join(&entry.reportfile))?;
            let report: Report =
                serde_json::from_str(&text).with_context(|| entry.reportfile.clone())?;
            let result = CaseResult {
                behavior: report.behavior,
                behavior_close: report.behavior_close,
                remote_close_code: report.remote_close_code,
                wanted_close_codes: report.expected_close.close_code,
            };
            record.cases.insert(case.as_str().into(), result);
        }
        anyhow::ensure!(!record.cases.is_empty(), "no case was run");
        Ok(record)
    }

    /// Reads a recorded result.
    pub fn read(path: &Path) -> Result<Self> {
        let cases: BTreeMap<String, CaseResult> = serde_json::from_str(&repository::read(path)?)?;
        let cases = cases
            .into_iter()
            .map(|(case, result)| (case.as_str().into(), result))
            .collect();
        Ok(Self { cases })
    }

    /// The text that is kept: an object with one line per case, in the order of the case files.
    pub fn render(&self) -> Result<String> {
        let lines: Result<Vec<String>, serde_json::Error> = self
            .cases
            .iter()
            .map(|(case, result)| {
                Ok(format!(
                    "  \"{}\": {}",
                    case.1,
                    serde_json::to_string(result)?
                ))
            })
            .collect();
        Ok(format!("{{\n{}\n}}\n", lines?.join(",\n")))
    }

    pub fn cases(&self) -> impl Iterator<Item = (&str, &CaseResult)> {
        self.cases
            .iter()
            .map(|(case, result)| (case.1.as_str(), result))
    }

    /// The part that is of these sections.
    pub fn of_sections(&self, sections: &Sections) -> Self {
        let cases = self
            .cases
            .iter()
            .filter(|(case, _)| sections.contains(&case.1));
        Self {
            cases: cases
                .map(|(case, result)| (case.clone(), result.clone()))
                .collect(),
        }
    }

    /// Verdicts counted by section.
    pub fn table(&self) -> Table {
        let mut table = Table::new();
        table.load_preset(presets::UTF8_BORDERS_ONLY);
        table.set_header(std::iter::once("section").chain(VERDICTS.iter().copied()));
        let sections: BTreeSet<_> = self.cases().filter_map(|(case, _)| section(case)).collect();
        let mut add = |name: String, is_in: &dyn Fn(&str) -> bool| {
            let count = |verdict: &&str| {
                self.cases()
                    .filter(|(case, result)| is_in(case) && result.behavior == *verdict)
                    .count()
                    .to_string()
            };
            table.add_row(std::iter::once(name).chain(VERDICTS.iter().map(count)));
        };
        for number in sections {
            add(number.to_string(), &|case| section(case) == Some(number));
        }
        add("all".to_owned(), &|_| true);
        table
    }

    /// Cases that failed.
    pub fn failures(&self, findings: &mut Findings) {
        for (case, result) in self.cases() {
            if result.behavior == "FAILED" || result.behavior_close == "FAILED" {
                findings.error(format!(
                    "case {case}: {}, close {}",
                    result.behavior, result.behavior_close
                ));
            }
        }
    }

    /// Cases that are worse than recorded, and recorded cases that were not run.
    pub fn falls_below(&self, recorded: &Self, findings: &mut Findings) {
        for (case, before) in recorded.cases() {
            let Some(now) = self.cases.get(&Number::from(case)) else {
                findings.error(format!("case {case}: recorded, and not run"));
                continue;
            };
            for (before, now, what) in [
                (&before.behavior, &now.behavior, "behavior"),
                (&before.behavior_close, &now.behavior_close, "behaviorClose"),
            ] {
                if compare(now, before) == Ordering::Greater {
                    findings.error(format!("case {case}: {what} was {before}, is {now}"));
                }
            }
            if before.remote_close_code.is_some() && now.remote_close_code.is_none() {
                findings.error(format!(
                    "case {case}: ended with a Close frame before, and without one now"
                ));
            }
        }
    }
}

/// Worse verdicts are greater; an unknown one is the worst.
fn compare(left: &str, right: &str) -> Ordering {
    let place = |verdict: &str| {
        VERDICTS
            .iter()
            .position(|&known| known == verdict)
            .unwrap_or(VERDICTS.len())
    };
    place(left).cmp(&place(right))
}

#[cfg(test)]
pub mod tests {
    use super::*;

    /// A record of cases with verdict, close code sent, close codes wanted.
    pub fn record(cases: &[(&str, &str, Option<u16>, &[u16])]) -> Record {
        let result = |&(case, behavior, code, wanted): &(&str, &str, Option<u16>, &[u16])| {
            let result = CaseResult {
                behavior: behavior.to_owned(),
                behavior_close: "OK".to_owned(),
                remote_close_code: code,
                wanted_close_codes: wanted.to_vec(),
            };
            (Number::from(case), result)
        };
        Record {
            cases: cases.iter().map(result).collect(),
        }
    }

    fn falls(before: &str, now: &str) -> usize {
        let mut findings = Findings::default();
        record(&[("1.1.1", now, Some(1000), &[])]).falls_below(
            &record(&[("1.1.1", before, Some(1000), &[])]),
            &mut findings,
        );
        findings.errors().len()
    }

    #[test]
    fn a_fall_is_found_and_a_rise_is_welcome() {
        assert_eq!(falls("OK", "NON-STRICT"), 1);
        assert_eq!(falls("NON-STRICT", "OK"), 0);
        assert_eq!(falls("INFORMATIONAL", "UNIMPLEMENTED"), 1);
        assert_eq!(falls("OK", "SOMETHING NEW"), 1);
    }

    #[test]
    fn a_case_that_was_not_run_is_found() {
        let mut findings = Findings::default();
        record(&[]).falls_below(&record(&[("1.1.1", "OK", None, &[])]), &mut findings);
        assert_eq!(findings.errors(), ["case 1.1.1: recorded, and not run"]);
    }

    #[test]
    fn a_failure_is_found_on_either_side() {
        let mut findings = Findings::default();
        record(&[("1.1.1", "FAILED", None, &[]), ("1.1.2", "OK", None, &[])])
            .failures(&mut findings);
        assert_eq!(findings.errors().len(), 1);
    }

    #[test]
    fn what_is_kept_is_in_order_and_read_back() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("autobahn.json");
        let kept = record(&[
            ("10.1.1", "OK", Some(1000), &[]),
            ("2.10", "OK", None, &[]),
            ("2.9", "OK", None, &[]),
        ]);
        std::fs::write(&path, kept.render().unwrap()).unwrap();
        let read = Record::read(&path).unwrap();
        assert_eq!(read, kept);
        assert_eq!(
            read.cases().map(|(case, _)| case).collect::<Vec<_>>(),
            ["2.9", "2.10", "10.1.1"]
        );
        assert_eq!(read.of_sections(&"10".parse().unwrap()).cases().count(), 1);
    }

    #[test]
    fn reports_are_read() {
        let folder = tempfile::tempdir().unwrap();
        let write =
            |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
        write(
            "index.json",
            r#"{"us": {"2.5": {"behavior": "OK", "reportfile": "us_2_5.json"}}}"#,
        );
        write(
            "us_2_5.json",
            r#"{"behavior": "OK", "behaviorClose": "OK", "remoteCloseCode": null,
                "expectedClose": {"closedByMe": false, "closeCode": [1002], "requireClean": false}}"#,
        );
        let read = Record::from_reports(folder.path(), "us").unwrap();
        assert_eq!(read, record(&[("2.5", "OK", None, &[1002])]));
        assert!(Record::from_reports(folder.path(), "others").is_err());
    }
}
