//! The whole of a run, and its text form.

use std::collections::BTreeSet;

use crate::record::Record;
use crate::{EvidenceError, FORMAT, Outcome, RunEnd, RunHeader};

/// A finished run: header, outcomes sorted by identifier, counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Evidence {
    header: RunHeader,
    outcomes: Vec<Outcome>,
    end: RunEnd,
}

impl Evidence {
    /// Sorts and counts the outcomes of a finished run.
    #[must_use]
    pub fn new(header: RunHeader, mut outcomes: Vec<Outcome>) -> Self {
        outcomes.sort_by(|a, b| a.id.cmp(&b.id));
        let end = RunEnd::count(&outcomes);
        Self {
            header,
            outcomes,
            end,
        }
    }

    /// Where, how and from which sources the run was made.
    #[must_use]
    pub fn header(&self) -> &RunHeader {
        &self.header
    }

    /// One record per case, sorted by identifier.
    #[must_use]
    pub fn outcomes(&self) -> &[Outcome] {
        &self.outcomes
    }

    /// The counts.
    #[must_use]
    pub fn end(&self) -> RunEnd {
        self.end
    }

    /// Whether every case of the suite has an outcome, that is, the run was not filtered.
    #[must_use]
    pub fn is_whole_suite(&self) -> bool {
        self.outcomes.len() == self.header.suite_cases
    }

    /// The JSON lines, each ended by a line feed.
    ///
    /// # Panics
    /// Never: every field has a JSON form.
    #[must_use]
    pub fn render(&self) -> String {
        let header = Record::Header(self.header.clone());
        let cases = self.outcomes.iter().cloned().map(Record::Case);
        let mut text = String::new();
        for record in std::iter::once(header)
            .chain(cases)
            .chain([Record::End(self.end)])
        {
            let line = serde_json::to_string(&record).expect("strings and numbers only");
            text.push_str(&line);
            text.push('\n');
        }
        text
    }

    /// Reads JSON lines; empty lines do not count.
    ///
    /// # Errors
    /// [`EvidenceError`] when the text is not the whole of a finished run.
    pub fn parse(text: &str) -> Result<Self, EvidenceError> {
        let mut header = None;
        let mut outcomes = Vec::new();
        let mut seen = BTreeSet::new();
        let mut end = None;
        for (index, text) in text
            .lines()
            .enumerate()
            .filter(|(_, text)| !text.trim().is_empty())
        {
            let line = index + 1;
            match (read_record(line, text)?, &header, &end) {
                (Record::Header(read), None, None) => header = Some(read),
                (_, None, _) => return Err(EvidenceError::MissingHeader),
                (Record::Case(outcome), Some(_), None) => {
                    if !seen.insert(outcome.id.clone()) {
                        return Err(EvidenceError::DuplicateId(outcome.id));
                    }
                    outcomes.push(outcome);
                }
                (Record::End(read), Some(_), None) => end = Some(read),
                _ => return Err(EvidenceError::Misplaced { line }),
            }
        }
        let header = header.ok_or(EvidenceError::MissingHeader)?;
        let stated = end.ok_or(EvidenceError::MissingEnd)?;
        let evidence = Self::new(header, outcomes);
        if evidence.end == stated {
            Ok(evidence)
        } else {
            Err(EvidenceError::CountMismatch {
                stated,
                counted: evidence.end,
            })
        }
    }
}

/// Reads one line. The format is looked at first: a later format may have other fields.
fn read_record(line: usize, text: &str) -> Result<Record, EvidenceError> {
    let json = |source| EvidenceError::Json { line, source };
    let value: serde_json::Value = serde_json::from_str(text).map_err(json)?;
    if let Some(format) = value.get("format").and_then(serde_json::Value::as_u64)
        && format != u64::from(FORMAT)
    {
        return Err(EvidenceError::UnknownFormat(format));
    }
    serde_json::from_value(value).map_err(json)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::{HostKind, Status};

    fn outcome(id: &str, status: Status) -> Outcome {
        Outcome {
            id: id.to_owned(),
            area: "open".to_owned(),
            spec: "RFC 6455 §4.1".to_owned(),
            requires: vec![],
            covers: vec!["SocketTask.onOpen".to_owned()],
            status,
            detail: None,
        }
    }

    fn sample() -> Evidence {
        let header = RunHeader {
            format: FORMAT,
            platform: "mock".to_owned(),
            host: HostKind::Simulated,
            host_name: "in process".to_owned(),
            versions: BTreeMap::from([("rustc".to_owned(), "1.95.0".to_owned())]),
            capabilities: vec!["RequestHeader".to_owned()],
            fingerprint: "00".to_owned(),
            seed: 7,
            suite_cases: 2,
        };
        Evidence::new(
            header,
            vec![
                outcome("open/b", Status::Unsupported),
                outcome("open/a", Status::Passed),
            ],
        )
    }

    #[test]
    fn render_then_parse_is_the_identity_and_sorted() {
        let evidence = sample();
        let text = evidence.render();
        assert_eq!(Evidence::parse(&text).unwrap(), evidence);
        assert_eq!(evidence.outcomes()[0].id, "open/a");
        assert!(evidence.is_whole_suite());
        assert_eq!(text.lines().count(), 4);
    }

    #[test]
    fn a_run_without_end_is_refused() {
        let text = sample().render();
        let cut = text.rsplit_once("{\"record\":\"end\"").unwrap().0;
        assert!(matches!(
            Evidence::parse(cut),
            Err(EvidenceError::MissingEnd)
        ));
    }

    #[test]
    fn counts_that_disagree_are_refused() {
        let text = sample().render().replace("\"passed\":1", "\"passed\":2");
        assert!(matches!(
            Evidence::parse(&text),
            Err(EvidenceError::CountMismatch { .. })
        ));
    }

    #[test]
    fn the_same_case_twice_is_refused() {
        let text = sample().render().replace("open/b", "open/a");
        let error = Evidence::parse(&text).unwrap_err();
        assert!(matches!(error, EvidenceError::DuplicateId(id) if id == "open/a"));
    }

    #[test]
    fn an_unknown_format_is_refused_whatever_its_fields() {
        let error = Evidence::parse("{\"record\":\"header\",\"format\":2}\n").unwrap_err();
        assert!(matches!(error, EvidenceError::UnknownFormat(2)));
    }

    #[test]
    fn lines_out_of_place_are_refused() {
        let text = sample().render();
        let again = format!("{text}{text}");
        assert!(matches!(
            Evidence::parse(&again),
            Err(EvidenceError::Misplaced { line: 5 })
        ));
        let headless: String = text
            .lines()
            .skip(1)
            .map(|line| format!("{line}\n"))
            .collect();
        assert!(matches!(
            Evidence::parse(&headless),
            Err(EvidenceError::MissingHeader)
        ));
        assert!(matches!(
            Evidence::parse(""),
            Err(EvidenceError::MissingHeader)
        ));
        assert!(matches!(
            Evidence::parse("nonsense"),
            Err(EvidenceError::Json { line: 1, .. })
        ));
    }
}
