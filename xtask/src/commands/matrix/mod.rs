//! `matrix`: the support matrix, made of the facade's features, declared
//! capabilities and recorded results, and of nothing else.

mod cell;
mod column;
mod render;
mod rows;
#[cfg(test)]
pub mod sample;

use std::path::Path;

use anyhow::{Context as _, Result, bail};

use self::cell::Cell;
use self::column::{Column, Currency};
use crate::findings::Findings;
use crate::repository;

const BEGIN: &str = "<!-- matrix:begin -->\n";
const END: &str = "<!-- matrix:end -->";

/// Writes docs/PLATFORMS.md and the summary in README.md from the recorded results.
#[derive(clap::Args, Clone, Copy, Debug)]
pub struct Args {
    /// Writes nothing; fails when a page or the evidence is not up to date.
    #[arg(long)]
    pub check: bool,
}

pub fn run(args: Args) -> Result<()> {
    let findings = update(&repository::root(), args.check)?;
    if findings.errors().is_empty() {
        println!("  docs/PLATFORMS.md and README.md show the recorded results");
    }
    findings.conclude()
}

/// Writes or checks both pages.
pub fn update(root: &Path, check: bool) -> Result<Findings> {
    let mut findings = Findings::default();
    let columns = column::all(root)?;
    for column in &columns {
        expired(column, check, &mut findings);
        for text in &column.idle {
            findings.warn(text.clone());
        }
    }
    for row in uncovered(&columns) {
        findings.warn(format!("no case covers `{row}`: its row shows `?`"));
    }
    let platforms = render::platforms_page(&columns);
    write(
        &root.join("docs/PLATFORMS.md"),
        &platforms,
        check,
        &mut findings,
    );
    match readme(&root.join("README.md"), &render::summary(&columns)) {
        Ok(text) => write(&root.join("README.md"), &text, check, &mut findings),
        Err(error) => findings.error(format!("{error:#}")),
    }
    Ok(findings)
}

fn expired(column: &Column, check: bool, findings: &mut Findings) {
    let key = column.entry.key;
    let text = match (&column.currency, column.exists) {
        (Currency::Current, _) | (Currency::Missing, false) => return,
        (Currency::Missing, true) => {
            format!("{key} has no evidence: run `cargo xtask conformance {key}`")
        }
        (Currency::Expired, _) => format!(
            "the evidence of {key} has expired, its sources have changed: run `cargo xtask conformance {key}`"
        ),
        (Currency::Broken(why), _) => {
            format!("the evidence of {key} is broken ({why}): run `cargo xtask conformance {key}`")
        }
    };
    if check {
        findings.error(text);
    } else {
        findings.warn(text);
    }
}

/// Rows of Taro's table about which no current run says anything.
fn uncovered(columns: &[Column]) -> Vec<String> {
    let current: Vec<_> = columns
        .iter()
        .filter(|column| column.current().is_some())
        .collect();
    if current.is_empty() {
        return Vec::new();
    }
    let unknown = |row: &String| {
        current
            .iter()
            .all(|column| Cell::of(column, row) == Cell::Unknown)
    };
    let rows = rows::groups(columns)
        .into_iter()
        .flat_map(|group| group.rows);
    rows.filter(unknown).collect()
}

fn write(path: &Path, text: &str, check: bool, findings: &mut Findings) {
    if let Err(error) = repository::ensure_file_contents(path, text, check) {
        findings.error(format!("{error:#}: run `cargo xtask matrix`"));
    }
}

/// The README with the summary between its markers.
fn readme(path: &Path, summary: &str) -> Result<String> {
    let text = repository::read(path)?;
    let begin = text
        .find(BEGIN)
        .context("README.md has no line `<!-- matrix:begin -->`")?
        + BEGIN.len();
    let Some(length) = text[begin..].find(END) else {
        bail!("README.md has no line `<!-- matrix:end -->` after the begin line");
    };
    Ok(format!(
        "{}{summary}{}",
        &text[..begin],
        &text[begin + length..]
    ))
}

#[cfg(test)]
mod tests {
    use std::fs;

    use taro_socket_report::{HostKind, Status};

    use super::*;

    fn repository_with(readme: &str) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("README.md"), readme).unwrap();
        folder
    }

    #[test]
    fn the_summary_replaces_what_is_between_the_markers() {
        let folder = repository_with("# A\n<!-- matrix:begin -->\nold\n<!-- matrix:end -->\nZ\n");
        assert!(update(folder.path(), false).unwrap().errors().is_empty());
        let readme = fs::read_to_string(folder.path().join("README.md")).unwrap();
        assert!(
            readme.starts_with("# A\n<!-- matrix:begin -->\n|")
                && readme.ends_with("|\n<!-- matrix:end -->\nZ\n")
        );
        assert!(update(folder.path(), true).unwrap().errors().is_empty());
    }

    #[test]
    fn a_page_that_was_changed_by_hand_is_found() {
        let folder = repository_with("<!-- matrix:begin -->\n<!-- matrix:end -->\n");
        update(folder.path(), false).unwrap();
        let page = folder.path().join("docs/PLATFORMS.md");
        let text = fs::read_to_string(&page).unwrap().replacen('?', "✔ 9/9", 1);
        fs::write(&page, text).unwrap();
        let findings = update(folder.path(), true).unwrap();
        assert!(
            findings.errors()[0].contains("cargo xtask matrix"),
            "{findings:?}"
        );
    }

    #[test]
    fn rows_that_no_case_covers_are_named() {
        let covered = ("a/1", Status::Passed, &["SocketTask.send"][..], &[][..]);
        let rows = uncovered(&[
            sample::column("native", &[covered]),
            sample::empty_column("h5"),
        ]);
        assert!(rows.contains(&"SocketTask.close".to_owned()));
        assert!(!rows.contains(&"SocketTask.send".to_owned()));
        assert!(uncovered(&[sample::empty_column("h5")]).is_empty());
    }

    #[test]
    fn a_readme_without_markers_is_found() {
        let folder = repository_with("# A\n");
        assert!(
            update(folder.path(), true)
                .unwrap()
                .errors()
                .iter()
                .any(|text| text.contains("matrix:begin"))
        );
    }

    /// The cells of WeChat in the matrix of this repository.
    fn weapp(root: &Path) -> (Findings, String) {
        let findings = update(root, false).unwrap();
        let page = fs::read_to_string(root.join("docs/PLATFORMS.md")).unwrap();
        let row = page
            .lines()
            .find(|line| line.starts_with("| `SocketTask.send` |"));
        let cells: Vec<_> = row.unwrap().split('|').map(str::trim).collect();
        (findings, cells[2].to_owned())
    }

    #[test]
    fn a_device_turns_the_sign_until_its_sources_change() {
        let folder = repository_with("<!-- matrix:begin -->\n<!-- matrix:end -->\n");
        let root = folder.path();
        sample::adapter(root, "weapp");
        sample::record(root, "weapp");
        assert_eq!(weapp(root).1, "◇ 1/1");
        sample::record_device(root, "weapp", "phone", HostKind::Real);
        let (findings, cell) = weapp(root);
        assert_eq!(cell, "✔ 1/1", "{findings:?}");

        fs::write(
            root.join("crates/taro-socket-weapp/src/lib.rs"),
            "fn changed() {}",
        )
        .unwrap();
        sample::record(root, "weapp");
        let (findings, cell) = weapp(root);
        assert_eq!(cell, "◇ 1/1");
        let told = format!("{findings:?}");
        assert!(
            told.contains("weapp-device-phone.jsonl has expired"),
            "{told}"
        );
        assert!(update(root, true).unwrap().errors().is_empty());
    }

    #[test]
    fn a_simulated_host_never_turns_the_sign() {
        let folder = repository_with("<!-- matrix:begin -->\n<!-- matrix:end -->\n");
        let root = folder.path();
        sample::adapter(root, "weapp");
        sample::record(root, "weapp");
        sample::record_device(root, "weapp", "phone", HostKind::Simulated);
        let (findings, cell) = weapp(root);
        assert_eq!(cell, "◇ 1/1");
        let told = format!("{findings:?}");
        assert!(told.contains("of a simulated host"), "{told}");

        let entry = taro_socket_report::platform("weapp").unwrap();
        let listed = root.join("tests/results").join(entry.evidence[0]);
        fs::rename(root.join("tests/results/weapp-device-phone.jsonl"), &listed).unwrap();
        assert_eq!(weapp(root).1, "◇ 1/1");
        let lie = fs::read_to_string(&listed).unwrap();
        fs::write(&listed, lie.replace("\"simulated\"", "\"real\"")).unwrap();
        assert_eq!(weapp(root).1, "?");
    }

    #[test]
    fn evidence_of_other_sources_has_expired() {
        let folder = repository_with("<!-- matrix:begin -->\n<!-- matrix:end -->\n");
        sample::adapter(folder.path(), "mock");
        let missing = update(folder.path(), true).unwrap();
        assert!(
            missing
                .errors()
                .iter()
                .any(|text| text.contains("mock has no evidence")),
            "{missing:?}"
        );

        sample::record(folder.path(), "mock");
        update(folder.path(), false).unwrap();
        assert!(update(folder.path(), true).unwrap().errors().is_empty());

        fs::write(
            folder.path().join("crates/taro-socket-mock/src/lib.rs"),
            "fn changed() {}",
        )
        .unwrap();
        let expired = update(folder.path(), true).unwrap();
        assert!(
            expired
                .errors()
                .iter()
                .any(|text| text.contains("has expired")),
            "{expired:?}"
        );
    }
}
