//! Tables in Markdown, aligned so that they read well as plain text too.

use std::iter::once;

use super::report::{Report, Row, Section};
use crate::statistics::Summary;

/// All tables, each under a heading of the third level.
pub(super) fn tables(report: &Report) -> String {
    let sections: Vec<_> = report.sections.iter().map(section).collect();
    sections.join("\n")
}

fn section(section: &Section) -> String {
    let description = section.description;
    let reference = description.reference.map_or_else(String::new, |reference| {
        let better = if description.higher_is_better {
            "higher"
        } else {
            "lower"
        };
        format!("; ratio to `{}`, {better} is better", reference.title())
    });
    let heading = format!(
        "### {}: {}{reference}\n\n",
        description.id, description.title
    );
    let mut header = vec!["client".to_owned(), description.unit.to_owned()];
    if description.reference.is_some() {
        header.push("ratio".to_owned());
    }
    header.extend(description.detail.map(str::to_owned));
    header.push(description.cpu.to_owned());
    header.push("goal".to_owned());
    let rows = section.rows.iter().map(|row| cells(row, section));
    heading + &aligned(&once(header).chain(rows).collect::<Vec<_>>())
}

fn cells(row: &Row, section: &Section) -> Vec<String> {
    let description = section.description;
    let mut cells = vec![
        row.client.title().to_owned(),
        range(row.value, description.decimals),
    ];
    if description.reference.is_some() {
        cells.push(range(row.ratio, 2));
    }
    if description.detail.is_some() {
        cells.push(range(row.detail, 1));
    }
    cells.push(range(row.cpu, 3));
    cells.push(row.verdict(description));
    cells
}

/// `median (minimum-maximum)`.
fn range(summary: Option<Summary>, decimals: usize) -> String {
    summary.map_or_else(
        || "failed".to_owned(),
        |Summary {
             median,
             minimum,
             maximum,
         }| { format!("{median:.decimals$} ({minimum:.decimals$}-{maximum:.decimals$})") },
    )
}

/// A Markdown table; the first row is the header, the first and last columns are left-aligned.
fn aligned(rows: &[Vec<String>]) -> String {
    let columns = rows[0].len();
    let width = |column: usize| {
        rows.iter()
            .map(|row| row[column].chars().count())
            .max()
            .unwrap_or(0)
            .max(3)
    };
    let widths: Vec<_> = (0..columns).map(width).collect();
    let is_left = |column: usize| column == 0 || column == columns - 1;
    let mut text = String::new();
    for (index, row) in rows.iter().enumerate() {
        for (column, cell) in row.iter().enumerate() {
            let width = widths[column];
            text += &if is_left(column) {
                format!("| {cell:<width$} ")
            } else {
                format!("| {cell:>width$} ")
            };
        }
        text += "|\n";
        if index == 0 {
            for (column, width) in widths.iter().enumerate() {
                text += &if is_left(column) {
                    format!("|{:-<1$}", "", width + 2)
                } else {
                    format!("|{:-<1$}:", "", width + 1)
                };
            }
            text += "|\n";
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::aligned;

    #[test]
    fn columns_are_aligned() {
        let row = |cells: [&str; 3]| cells.map(str::to_owned).to_vec();
        let text = aligned(&[row(["client", "µs", "goal"]), row(["a", "12345", ""])]);
        assert_eq!(
            text,
            "| client |    µs | goal |\n|--------|------:|------|\n| a      | 12345 |      |\n"
        );
    }
}
