//! Decision records are numbered without gaps and indexed.

use super::tree::Tree;
use crate::findings::Findings;

const FOLDER: &str = "docs/adr";

pub fn check(tree: &Tree, findings: &mut Findings) {
    let records = tree
        .files()
        .iter()
        .filter(|file| file.folder() == FOLDER && file.name() != "README.md");
    let index = tree
        .file("docs/adr/README.md")
        .map_or("", |file| file.text.as_str());
    for (expected, record) in (1..).zip(records) {
        let name = record.name();
        if !name.starts_with(&format!("{expected:04}-")) {
            findings.error(format!("{}: the next number is {expected:04}", record.path));
        }
        if !index.contains(&format!("({name})")) && !index.contains(&format!("(./{name})")) {
            findings.error(format!("{}: not in docs/adr/README.md", record.path));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::commands::tidy::tree::findings;

    #[test]
    fn a_gap_is_found() {
        let index = ("docs/adr/README.md", "[1](0001-a.md) [3](0003-c.md)");
        let found = findings(
            check,
            &[
                ("docs/adr/0001-a.md", ""),
                ("docs/adr/0003-c.md", ""),
                index,
            ],
        );
        assert_eq!(found, ["docs/adr/0003-c.md: the next number is 0002"]);
    }

    #[test]
    fn a_record_that_is_not_indexed_is_found() {
        assert_eq!(
            findings(check, &[("docs/adr/0001-a.md", "")]),
            ["docs/adr/0001-a.md: not in docs/adr/README.md"]
        );
    }
}
