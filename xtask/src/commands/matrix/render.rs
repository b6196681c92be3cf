//! The pages.

use std::fmt::Write as _;

use taro_socket_report::{Evidence, HostKind, Outcome, Status};

use super::cell::Cell;
use super::column::{Column, Currency};
use super::rows;

const HEAD: &str = "\
# Support matrix

<!-- Written by `cargo xtask matrix` from the facade's features, declared capabilities and recorded results. Not to be edited by hand. -->

Every cell comes from a run of the conformance suite; the records are in `tests/results`.

| sign | meaning |
|---|---|
| ✔ n/n | all n cases passed on a real host, from the sources as they are |
| ◇ n/n | all n cases passed on a simulated host, from the sources as they are |
| ✘ k/n | only k of n cases passed |
| – | declared unsupported, and its refusal is tested |
| ? | no current run says anything |
";

/// `docs/PLATFORMS.md`.
pub fn platforms_page(columns: &[Column]) -> String {
    let mut page = HEAD.to_owned();
    for group in rows::groups(columns) {
        let _ = write!(page, "\n## {}\n\n", group.heading);
        table_head(&mut page, columns);
        for row in &group.rows {
            let shown = row.strip_prefix(rows::CAPABILITY).unwrap_or(row);
            table_row(
                &mut page,
                &format!("`{shown}`"),
                columns.iter().map(|column| Cell::of(column, row)),
            );
        }
    }
    page.push_str("\n## Runs\n\n");
    page.push_str("| platform | feature | host | versions | cases | passed | failed | unsupported | state |\n");
    page.push_str("|---|---|---|---|---|---|---|---|---|\n");
    columns.iter().for_each(|column| run_row(&mut page, column));
    columns
        .iter()
        .for_each(|column| exceptions(&mut page, column));
    page
}

/// The summary in `README.md`.
pub fn summary(columns: &[Column]) -> String {
    let mut text = String::new();
    table_head(&mut text, columns);
    table_row(&mut text, "all cases", columns.iter().map(Cell::total));
    for group in rows::groups(columns) {
        if group.heading == "SocketTask: methods" {
            for row in &group.rows {
                table_row(
                    &mut text,
                    &format!("`{row}`"),
                    columns.iter().map(|column| Cell::of(column, row)),
                );
            }
        }
    }
    text
}

fn table_head(text: &mut String, columns: &[Column]) {
    let names: Vec<_> = columns
        .iter()
        .map(|column| column.entry.display_name)
        .collect();
    let _ = writeln!(text, "| | {} |", names.join(" | "));
    let _ = writeln!(text, "|---|{}", "---|".repeat(columns.len()));
}

fn table_row(text: &mut String, name: &str, cells: impl Iterator<Item = Cell>) {
    let cells: Vec<_> = cells.map(|cell| cell.to_string()).collect();
    let _ = writeln!(text, "| {name} | {} |", cells.join(" | "));
}

fn run_row(page: &mut String, column: &Column) {
    let state = match (&column.currency, column.exists) {
        (_, false) => "no adapter yet",
        (Currency::Current, _) => "current",
        (Currency::Expired, _) => "expired",
        (Currency::Missing, _) => "no run",
        (Currency::Broken(_), _) => "broken",
    };
    let feature = column
        .feature
        .as_ref()
        .map_or_else(|| "–".to_owned(), |name| format!("`{name}`"));
    let name = column.entry.display_name;
    let run = column
        .evidence
        .as_ref()
        .map_or_else(|| "– | – | – | – | – | –".to_owned(), run_cells);
    let _ = writeln!(page, "| {name} | {feature} | {run} | {state} |");
}

fn run_cells(evidence: &Evidence) -> String {
    let (header, end) = (evidence.header(), evidence.end());
    let kind = match header.host {
        HostKind::Real => "real",
        HostKind::Simulated => "simulated",
    };
    let versions: Vec<_> = header
        .versions
        .iter()
        .map(|(part, version)| format!("{part} {version}"))
        .collect();
    format!(
        "{} ({kind}) | {} | {} | {} | {} | {}",
        cell_text(&header.host_name),
        cell_text(&versions.join(", ")),
        header.suite_cases,
        end.passed,
        end.failed,
        end.unsupported
    )
}

/// Cases of a platform that failed or were not run.
fn exceptions(page: &mut String, column: &Column) {
    let Some(evidence) = column.current() else {
        return;
    };
    let unlike_passed = |outcome: &&Outcome| outcome.status != Status::Passed;
    let listed: Vec<_> = evidence.outcomes().iter().filter(unlike_passed).collect();
    let _ = write!(
        page,
        "\n## {}: cases that failed or were not run\n\n",
        column.entry.display_name
    );
    if listed.is_empty() {
        page.push_str("None.\n");
        return;
    }
    page.push_str("| case | source | outcome | why |\n|---|---|---|---|\n");
    for outcome in listed {
        let status = if outcome.status == Status::Failed {
            "✘ failed"
        } else {
            "– unsupported"
        };
        let why = brief(outcome.detail.as_deref().unwrap_or_default());
        let why = cell_text(&why);
        let _ = writeln!(
            page,
            "| `{}` | {} | {status} | {why} |",
            outcome.id,
            cell_text(&outcome.spec)
        );
    }
}

/// The beginning of a text; the whole is in the evidence.
fn brief(text: &str) -> String {
    match text.char_indices().nth(200) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

/// Text that does not break out of its cell.
fn cell_text(text: &str) -> String {
    text.replace('|', "\\|").replace(['\n', '\r'], " ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::commands::matrix::sample;

    fn columns() -> Vec<Column> {
        vec![
            sample::column(
                "native",
                &[
                    ("send/1", Status::Passed, &["SocketTask.send"][..], &[][..]),
                    (
                        "send/2",
                        Status::Unsupported,
                        &["SocketTask.send"],
                        &["Tls"],
                    ),
                    ("open/1", Status::Failed, &["SocketTask.onOpen"], &[]),
                ],
            ),
            sample::empty_column("h5"),
        ]
    }

    #[test]
    fn the_page_has_every_row_of_taros_table_and_what_went_wrong() {
        let page = platforms_page(&columns());
        assert!(page.contains("\n| | Native | H5 |\n|---|---|---|\n"));
        assert!(page.contains("\n| `SocketTask.send` | ✔ 1/1 | ? |\n"));
        assert!(page.contains("\n| `SocketTask.onOpen` | ✘ 0/1 | ? |\n"));
        assert!(page.contains("\n| `SocketTask.ws` | ? | ? |\n"));
        assert!(page.contains("\n## Capabilities\n"));
        assert!(page.contains("| `open/1` | RFC 6455 | ✘ failed |"));
        assert!(page.contains("| `send/2` | RFC 6455 | – unsupported |"));
        assert!(page.contains("| H5 | – | – | – | – | – | – | – | no adapter yet |"));
    }

    #[test]
    fn the_summary_counts_every_case() {
        assert!(summary(&columns()).contains("\n| all cases | ✘ 1/2 | ? |\n"));
    }

    #[test]
    fn text_of_a_run_stays_in_its_cell() {
        assert_eq!(cell_text("a | b\nc"), "a \\| b c");
    }
}
