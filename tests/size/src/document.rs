//! The tables in docs/SIZE.md.

use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result};

use crate::Table;
use crate::packages::Package;
use crate::table::{goals, markdown, markdown_packages};

const BEGIN: &str = "<!-- size:begin -->\n";
const END: &str = "<!-- size:end -->";

pub(crate) fn write(tables: &[Table], packages: &[Package]) -> Result<()> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/SIZE.md");
    let page = fs::read_to_string(&path).context("docs/SIZE.md")?;
    let mut text: String = tables.iter().map(clients).collect();
    text += "\n## Packages of mini-programs and React Native\n\n";
    text += &markdown_packages(packages);
    fs::write(&path, replaced(&page, &text)?).context("docs/SIZE.md")?;
    println!("docs/SIZE.md is written");
    Ok(())
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
    fn only_what_stands_between_the_marks_changes() {
        let page = format!("a\n{BEGIN}old\n{END}\nb\n");
        let new = format!("a\n{BEGIN}new\n{END}\nb\n");
        assert_eq!(replaced(&page, "new\n").unwrap(), new);
        assert!(replaced("a\n", "new\n").is_err());
    }
}
