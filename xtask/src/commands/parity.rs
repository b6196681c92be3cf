//! `parity`: what Taro's own H5 task does in the suite, beside ours, in docs/TARO-PARITY.md.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context as _, Result, ensure};
use taro_socket_report::{Evidence, Outcome, Status, read_evidence};

use crate::repository;

const PAGE: &str = "docs/TARO-PARITY.md";
const OURS: &str = "tests/results/h5-chromium-page.jsonl";
const TARO: &str = "tests/results/taro-h5.jsonl";
const BEGIN: &str = "<!-- parity:begin -->\n";
const END: &str = "<!-- parity:end -->";

/// Writes the section of docs/TARO-PARITY.md that is made of the recorded runs on `@tarojs/taro-h5` and on ours.
#[derive(clap::Args, Clone, Copy, Debug)]
pub struct Args {
    /// Writes nothing; fails when the page does not show the recorded runs.
    #[arg(long)]
    pub check: bool,
}

pub fn run(args: Args) -> Result<()> {
    let root = repository::root();
    let ours = evidence(&root, OURS)?;
    let taro = evidence(&root, TARO)?;
    let suite = |run: &Evidence| {
        run.outcomes()
            .iter()
            .map(|case| case.id.clone())
            .collect::<Vec<_>>()
    };
    ensure!(
        suite(&ours) == suite(&taro),
        "{OURS} and {TARO} are of different suites: record both again"
    );
    let page = repository::read(&root.join(PAGE))?;
    let (before, rest) = page
        .split_once(BEGIN)
        .with_context(|| format!("no {BEGIN:?}"))?;
    let (_, after) = rest
        .split_once(END)
        .with_context(|| format!("no {END:?}"))?;
    let text = format!("{before}{BEGIN}{}{END}{after}", section(&ours, &taro));
    repository::ensure_file_contents(&root.join(PAGE), &text, args.check)
        .context("run `cargo xtask parity`")?;
    println!("  {PAGE} shows the recorded runs");
    Ok(())
}

fn evidence(root: &Path, path: &str) -> Result<Evidence> {
    let remedy = "run `cargo xtask conformance h5` and `cargo xtask conformance h5 --taro`";
    read_evidence(&root.join(path)).with_context(|| format!("{path}: {remedy}"))
}

/// Arguments are checked by taro-socket's own types before any connector sees them.
fn says_nothing_of_taro(case: &Outcome) -> bool {
    case.area == "arguments" || case.id.starts_with("security/injection/")
}

fn section(ours: &Evidence, taro: &Evidence) -> String {
    let own: BTreeMap<_, _> = ours
        .outcomes()
        .iter()
        .map(|case| (case.id.as_str(), case.status))
        .collect();
    let compared: Vec<_> = taro
        .outcomes()
        .iter()
        .filter(|case| !says_nothing_of_taro(case))
        .map(|case| (case, own.get(case.id.as_str()).copied()))
        .collect();
    let count = |theirs: Status, mine: Status| {
        let same =
            |(case, own): &&(&Outcome, Option<Status>)| case.status == theirs && *own == Some(mine);
        compared.iter().filter(same).count()
    };
    use Status::{Failed, Passed, Unsupported};
    let mut text = versions(ours, taro);
    text += "\n| `@tarojs/taro-h5` | ours passes | ours fails | not declared by ours |\n|---|---|---|---|\n";
    for (theirs, name) in [
        (Passed, "passes"),
        (Failed, "fails"),
        (Unsupported, "not declared by Taro"),
    ] {
        let counts = [Passed, Failed, Unsupported].map(|mine| count(theirs, mine).to_string());
        text += &format!("| {name} | {} |\n", counts.join(" | "));
    }
    let only_taro: Vec<_> = rows(&compared, Passed, Failed);
    text += "\n### Taro passes and ours does not\n\n";
    text += &if only_taro.is_empty() {
        "None.\n".to_owned()
    } else {
        table(&only_taro)
    };
    text += "\n### Ours passes and Taro does not\n\n";
    text += &table(&rows(&compared, Failed, Passed));
    text += "\n### Declared by Taro's typings, not by ours\n\nTaro accepts these options; the second column tells what its task makes of them. Ours refuses them with `Unsupported`.\n\n";
    let promised = compared
        .iter()
        .filter(|(case, own)| case.status != Unsupported && *own == Some(Unsupported));
    text += &table(&promised.map(|(case, _)| *case).collect::<Vec<_>>());
    text
}

fn rows<'a>(
    compared: &[(&'a Outcome, Option<Status>)],
    theirs: Status,
    mine: Status,
) -> Vec<&'a Outcome> {
    let chosen = compared
        .iter()
        .filter(|(case, own)| case.status == theirs && *own == Some(mine));
    chosen.map(|(case, _)| *case).collect()
}

fn versions(ours: &Evidence, taro: &Evidence) -> String {
    let list = |run: &Evidence| {
        let versions = run.header().versions.iter();
        let versions: Vec<_> = versions
            .map(|(part, version)| format!("{part} {version}"))
            .collect();
        format!("{} ({})", run.header().host_name, versions.join(", "))
    };
    format!(
        "Taro's run: {}. Ours: {}.\nCases about arguments are left out of the counts.\n",
        list(taro),
        list(ours)
    )
}

fn table(cases: &[&Outcome]) -> String {
    let mut text = "| case | what Taro's task did | rule |\n|---|---|---|\n".to_owned();
    for case in cases {
        let did = match case.status {
            Status::Passed => "passed",
            _ => case.detail.as_deref().unwrap_or("failed"),
        };
        text += &format!("| `{}` | {} | {} |\n", case.id, cell(did), case.spec);
    }
    text
}

/// One line without what a table would take for its own.
fn cell(text: &str) -> String {
    // The place in the suite changes with every edit of it.
    let text = text
        .rsplit_once(" (")
        .filter(|(_, place)| place.contains(".rs:"))
        .map_or(text, |(text, _)| text);
    let mut line: String = text
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
        .replace('|', "\\|");
    if line.chars().count() > 140 {
        line = line.chars().take(139).collect::<String>() + "…";
    }
    line.replace('<', "&lt;")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::commands::matrix::sample::{Case, evidence};

    #[test]
    fn each_case_is_in_its_place() {
        let case = |id, status| -> Case<'static> { (id, status, &[], &[]) };
        let statuses = [
            ("arguments/url", Status::Passed, Status::Passed),
            ("close/a", Status::Failed, Status::Passed),
            ("close/b", Status::Passed, Status::Failed),
            ("close/c", Status::Passed, Status::Passed),
            ("open/d", Status::Failed, Status::Unsupported),
        ];
        let taro = evidence("h5", &statuses.map(|(id, theirs, _)| case(id, theirs)));
        let ours = evidence("h5", &statuses.map(|(id, _, mine)| case(id, mine)));
        let text = section(&ours, &taro);
        assert!(
            text.contains("| passes | 1 | 1 | 0 |") && text.contains("| fails | 1 | 0 | 1 |"),
            "{text}"
        );
        let at = |words: &str| {
            text.find(words)
                .unwrap_or_else(|| panic!("{words} in {text}"))
        };
        assert!(
            at("Taro passes and ours") < at("`close/b`") && at("`close/b`") < at("Ours passes")
        );
        assert!(at("Ours passes") < at("`close/a`") && at("not by ours") < at("`open/d`"));
        assert!(!text.contains("arguments/url"));
    }

    #[test]
    fn details_fit_in_a_cell() {
        assert_eq!(cell("a | b\nc <d> (terminal.rs:132)"), "a \\| b c &lt;d>");
        assert_eq!(cell(&"x".repeat(500)).chars().count(), 140);
    }
}
