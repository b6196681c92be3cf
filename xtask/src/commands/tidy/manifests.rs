//! Every dependency says what it is for, and every published crate its compiler.

use std::collections::BTreeMap;

use super::tree::{File, Tree};
use crate::findings::Findings;

/// A dependency as its manifest writes it.
struct Line<'a> {
    number: usize,
    name: &'a str,
    text: &'a str,
    explained: bool,
}

impl Line<'_> {
    fn is_inherited(&self) -> bool {
        self.text.contains("workspace = true")
    }

    /// Crates of this repository are explained in the list of members.
    fn is_own(&self) -> bool {
        self.text.contains("path = \"")
    }
}

pub fn check(tree: &Tree, findings: &mut Findings) {
    let root = tree.file("Cargo.toml");
    let workspace: BTreeMap<&str, bool> = root
        .map(dependencies)
        .unwrap_or_default()
        .iter()
        .map(|line| (line.name, line.explained || line.is_own()))
        .collect();
    for file in tree
        .files()
        .iter()
        .filter(|file| file.name() == "Cargo.toml")
    {
        for line in dependencies(file) {
            let inherited = line.is_inherited() && workspace.get(line.name) == Some(&true);
            if !line.explained && !line.is_own() && !inherited {
                findings.error(format!(
                    "{}:{}: `{}` has no comment that says what it is for",
                    file.path, line.number, line.name
                ));
            }
        }
        library(file, findings);
    }
}

/// Lines of the dependency tables, whatever their target.
fn dependencies(file: &File) -> Vec<Line<'_>> {
    let mut lines = Vec::new();
    let mut inside = false;
    let mut open = 0;
    let mut comment_before = false;
    for (at, text) in file.text.lines().enumerate() {
        let trimmed = text.trim();
        if open == 0 && trimmed.starts_with('[') {
            let table = trimmed
                .trim_start_matches('[')
                .split(']')
                .next()
                .unwrap_or_default();
            inside = table.ends_with("dependencies");
        } else if inside
            && open == 0
            && !trimmed.starts_with('#')
            && let Some((name, _)) = trimmed.split_once('=')
        {
            let name = name.trim().split('.').next().unwrap_or_default();
            let explained = comment_before || has_comment(text);
            lines.push(Line {
                number: at + 1,
                name,
                text,
                explained,
            });
        }
        if inside {
            open = (open + text.matches(['[', '{']).count())
                .saturating_sub(text.matches([']', '}']).count());
        }
        comment_before = trimmed.starts_with('#');
    }
    lines
}

/// Whether a comment follows; a `#` inside quotes is none.
fn has_comment(text: &str) -> bool {
    text.split('"')
        .step_by(2)
        .any(|outside| outside.contains('#'))
}

fn library(file: &File, findings: &mut Findings) {
    if file.path.starts_with("crates/")
        && !file
            .text
            .lines()
            .any(|line| line.starts_with("rust-version"))
    {
        findings.error(format!(
            "{}: a library crate states its `rust-version`",
            file.path
        ));
    }
    if file.text.contains("[package]") && !file.text.contains("[lints]\nworkspace = true") {
        findings.error(format!(
            "{}: `[lints]` with `workspace = true` is missing",
            file.path
        ));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::commands::tidy::tree::findings;

    #[test]
    fn a_dependency_without_comment_is_found() {
        let found = |text: &str| findings(check, &[("a/Cargo.toml", text)]).len();
        assert_eq!(found("[dependencies]\nserde = \"1\"\n"), 1);
        assert_eq!(
            found("[target.'cfg(unix)'.dependencies]\nserde = \"1#\"\n"),
            1
        );
        assert_eq!(found("[dependencies]\nserde = \"1\" # wire words\n"), 0);
        assert_eq!(
            found(
                "[dependencies]\n# wire words\nserde = { version = \"1\", features = [\n  \"a\",\n] }\n"
            ),
            0
        );
        assert_eq!(
            found("[features]\nserde = []\n[dependencies]\nown = { path = \"../own\" }\n"),
            0
        );
    }

    #[test]
    fn one_comment_is_enough_for_an_inherited_dependency() {
        let member = ("a/Cargo.toml", "[dependencies]\nserde.workspace = true\n");
        let root = |text| findings(check, &[("Cargo.toml", text), member]).len();
        assert_eq!(
            root("[workspace.dependencies]\nserde = \"1\" # wire words\n"),
            0
        );
        assert_eq!(root("[workspace.dependencies]\nserde = \"1\"\n"), 2);
    }

    #[test]
    fn a_library_without_rust_version_is_found() {
        let manifest = "[package]\nname = \"x\"\n[lints]\nworkspace = true\n";
        assert_eq!(
            findings(check, &[("crates/x/Cargo.toml", manifest)]).len(),
            1
        );
        assert!(findings(check, &[("tests/x/Cargo.toml", manifest)]).is_empty());
        assert_eq!(
            findings(check, &[("tests/x/Cargo.toml", "[package]\n")]).len(),
            1
        );
    }
}
