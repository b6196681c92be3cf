//! The tables in docs/SIZE.md.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, ensure};

use crate::Table;
use crate::packages::Package;
use crate::table::{goals, markdown, markdown_packages};

const BEGIN: &str = "<!-- size:begin -->\n";
const END: &str = "<!-- size:end -->";

/// The heading of the packages' table.
const PACKAGES: &str = "Packages of mini-programs and React Native";

fn page() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/SIZE.md")
}

pub(crate) fn write(tables: &[Table], packages: &[Package]) -> Result<()> {
    let path = page();
    let page = fs::read_to_string(&path).context("docs/SIZE.md")?;
    let mut text: String = tables.iter().map(clients).collect();
    text += &format!("\n## {PACKAGES}\n\n");
    text += &markdown_packages(packages);
    fs::write(&path, replaced(&page, &text)?).context("docs/SIZE.md")?;
    println!("docs/SIZE.md is written");
    Ok(())
}

/// Nothing of ours is larger than the page says, but for what other versions of tools may add.
pub(crate) fn check(tables: &[Table], packages: &[Package]) -> Result<()> {
    let page = fs::read_to_string(page()).context("docs/SIZE.md")?;
    let known = |title: &str| rows(section(&page, title)).collect::<Vec<_>>();
    let mut larger = Vec::new();
    for table in tables {
        let known = known(table.method.title());
        let own = table.rows.iter().filter(|row| row.0.goal.is_some());
        for (client, sizes) in own {
            let was = found(&known, [client.title, client.style])?;
            larger.extend(compared(client.title, client.style, sizes.loaded(), was));
        }
    }
    let known = known(PACKAGES);
    for package in packages {
        let std = package.method.std();
        let was = found(&known, [package.platform, std])?;
        larger.extend(compared(package.platform, std, package.loaded(), was));
    }
    ensure!(
        larger.is_empty(),
        "{}: find out why, or write the page anew by `cargo xtask size --write-docs`",
        larger.join(", ")
    );
    Ok(())
}

/// More than this many hundredths of what it was is larger.
const NOISE: usize = 102;

/// What there is to be said, if it is larger.
fn compared(title: &str, kind: &str, is: usize, was: usize) -> Option<String> {
    (is * 100 > was * NOISE)
        .then(|| format!("{title}, {kind}: {is} bytes, docs/SIZE.md says {was}"))
}

/// The page from this heading to the next.
fn section<'a>(page: &'a str, title: &str) -> &'a str {
    let heading = format!("## {title}\n");
    let rest = page.split_once(&heading).map_or("", |(_, rest)| rest);
    rest.split("\n## ").next().unwrap_or_default()
}

/// The cells of each row.
fn rows(section: &str) -> impl Iterator<Item = Vec<&str>> {
    let lines = section.lines().filter(|line| line.starts_with("| "));
    lines.map(|line| line.trim_matches(['|', ' ']).split(" | ").collect())
}

/// The last number of the row that begins so.
fn found(rows: &[Vec<&str>], names: [&str; 2]) -> Result<usize> {
    let row = rows.iter().find(|row| row.starts_with(&names));
    let number = row.and_then(|row| row.iter().rev().find_map(|cell| cell.parse().ok()));
    number.with_context(|| format!("docs/SIZE.md has no row of {}", names.join(", ")))
}

fn clients(table: &Table) -> String {
    let (title, words) = (table.method.title(), table.method.words());
    let mut text = format!("\n## {title}\n\n{words}\n\n");
    text += &markdown(table);
    let goals = goals(table);
    if !goals.is_empty() {
        text += "\n";
    }
    for line in goals {
        text += &format!("- {line}.\n");
    }
    text
}

fn replaced(page: &str, text: &str) -> Result<String> {
    let (before, rest) = page.split_once(BEGIN).context("no begin of the table")?;
    let (_, after) = rest.split_once(END).context("no end of the table")?;
    Ok(format!("{before}{BEGIN}{text}{END}{after}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_larger_than_the_page_says_is_found() {
        let page = "## A\n\n| client | style | wasm | both |\n|---|---|---:|---:|\n| taro-socket | callbacks | 9 | 100 |\n\n\
                    ## B\n\n| WeChat | rebuilt | 7 | 200 | reached (≤ 300) |\n";
        let of = |title| rows(section(page, title)).collect::<Vec<_>>();
        let was = found(&of("A"), ["taro-socket", "callbacks"]).unwrap();
        assert_eq!(was, 100);
        assert_eq!(found(&of("B"), ["WeChat", "rebuilt"]).unwrap(), 200);
        assert!(found(&of("B"), ["taro-socket", "callbacks"]).is_err());
        assert_eq!(compared("a", "b", 102, was), None);
        let told = compared("a", "b", 103, was).unwrap();
        assert!(told.contains("103 bytes") && told.contains("100"), "{told}");
    }

    #[test]
    fn only_what_stands_between_the_marks_changes() {
        let page = format!("a\n{BEGIN}old\n{END}\nb\n");
        let new = format!("a\n{BEGIN}new\n{END}\nb\n");
        assert_eq!(replaced(&page, "new\n").unwrap(), new);
        assert!(replaced("a\n", "new\n").is_err());
    }
}
