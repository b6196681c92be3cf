//! What the documents mention exists.

use super::tree::{File, Tree};
use crate::findings::Findings;

/// Folders of the root; a code span that begins with one of them is a path.
const FOLDERS: &[&str] = &[
    ".cargo",
    ".ci",
    "crates",
    "docs",
    "templates",
    "tests",
    "xtask",
];

pub fn check(tree: &Tree, findings: &mut Findings) {
    for file in tree
        .files()
        .iter()
        .filter(|file| file.path.ends_with(".md"))
    {
        let mut fenced = false;
        for (at, line) in file.text.lines().enumerate() {
            if line.trim_start().starts_with("```") {
                fenced = !fenced;
            } else if !fenced {
                check_line(tree, file, at + 1, line, findings);
            }
        }
    }
}

fn check_line(tree: &Tree, file: &File, number: usize, line: &str, findings: &mut Findings) {
    let spans = line.split('`').skip(1).step_by(2);
    for span in spans.filter(|span| is_plain(span)) {
        let path = FOLDERS.iter().any(|folder| {
            span.strip_prefix(folder)
                .is_some_and(|rest| rest.starts_with('/'))
        });
        if path && !tree.exists(span) {
            findings.error(format!("{}:{number}: `{span}` does not exist", file.path));
        }
        if is_crate(span) && !is_package(tree, span) {
            findings.error(format!(
                "{}:{number}: no package is called `{span}`",
                file.path
            ));
        }
    }
    for link in links(line) {
        let target = resolve(file.folder(), link);
        if !tree.exists(&target) {
            findings.error(format!(
                "{}:{number}: the link to {link} leads nowhere",
                file.path
            ));
        }
    }
}

/// Words without placeholders.
fn is_plain(span: &str) -> bool {
    span.chars()
        .all(|character| character.is_ascii_alphanumeric() || "-_./".contains(character))
}

fn is_crate(span: &str) -> bool {
    span == "taro-socket" || span.starts_with("taro-socket-") && !span.contains(['.', '/'])
}

fn is_package(tree: &Tree, name: &str) -> bool {
    let line = format!("name = \"{name}\"");
    let manifests = tree
        .files()
        .iter()
        .filter(|file| file.name() == "Cargo.toml");
    manifests
        .flat_map(|file| file.text.lines())
        .any(|text| text.trim_end() == line)
}

/// Targets of links to files, without their anchors.
fn links(line: &str) -> impl Iterator<Item = &str> {
    let targets = line
        .split("](")
        .skip(1)
        .filter_map(|rest| rest.split([')', ' ']).next());
    let files = targets.map(|target| target.split('#').next().unwrap_or_default());
    files.filter(|target| !target.is_empty() && !target.contains(':'))
}

fn resolve(folder: &str, link: &str) -> String {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in link.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()),
            name => parts.push(name),
        }
    }
    parts.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::commands::tidy::tree::findings;

    const MANIFEST: (&str, &str) = (
        "crates/taro-socket-api/Cargo.toml",
        "name = \"taro-socket-api\"\n",
    );

    #[test]
    fn a_path_that_does_not_exist_is_found() {
        let text =
            "See `crates/taro-socket-api/Cargo.toml`, `crates/<name>/src`, `docs/absent.md`.";
        assert_eq!(
            findings(check, &[MANIFEST, ("docs/A.md", text)]),
            ["docs/A.md:1: `docs/absent.md` does not exist"]
        );
    }

    #[test]
    fn a_crate_that_does_not_exist_is_found() {
        let text = "`taro-socket-api` and\n`taro-socket-absent`";
        assert_eq!(
            findings(check, &[MANIFEST, ("README.md", text)]),
            ["README.md:2: no package is called `taro-socket-absent`"]
        );
    }

    #[test]
    fn a_link_that_leads_nowhere_is_found() {
        let text =
            "[a](../README.md#top) [b](https://example.com/x) [c](absent.md) [d](#here) [e](adr/)";
        let files = [
            ("README.md", ""),
            ("docs/A.md", text),
            ("docs/adr/README.md", ""),
        ];
        assert_eq!(
            findings(check, &files),
            ["docs/A.md:1: the link to absent.md leads nowhere"]
        );
    }

    #[test]
    fn code_blocks_are_left_alone() {
        assert!(findings(check, &[("docs/A.md", "```sh\n`tests/absent`\n```\n")]).is_empty());
    }
}
