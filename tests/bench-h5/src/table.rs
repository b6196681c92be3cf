//! The tables, in the form that both a terminal and a document show.

use crate::clients::{CLIENTS, Client};
use crate::goals::verdicts;
use crate::hidden::{Hidden, MOST};
use crate::results::{Quantity, Results, Section};
use crate::statistics::Summary;

/// All of it.
pub(crate) fn text(results: &Results) -> String {
    let (fake, real): (Vec<_>, Vec<_>) = results
        .sections
        .iter()
        .partition(|section| section.workload.is_fake());
    let mut text = String::new();
    if results.quick {
        text += "A quick run: every client delivered everything; the numbers say nothing.\n\n";
    }
    if !real.is_empty() {
        text += "### Main-thread CPU per message, microseconds\n\n";
        text += &table(&real, |section, client| {
            both(section, client, Quantity::Cpu)
        });
        text += "\n### Messages per second\n\n";
        text += &table(&real, |section, client| {
            both(section, client, Quantity::Rate)
        });
    }
    if !fake.is_empty() {
        text += "\n### Without a network, microseconds per message\n\n";
        text += &table(&fake, |section, client| {
            section.summary(client, Quantity::Wall).map(value)
        });
    }
    if results.quick {
        text += &results.hidden.map_or_else(String::new, in_short);
    } else {
        text += "\n### Goals\n\n";
        text += &goals(results);
    }
    text
}

fn table(sections: &[&Section], cell: impl Fn(&Section, Client) -> Option<String>) -> String {
    let keys: Vec<_> = sections.iter().map(|it| it.workload.key).collect();
    let mut text = format!("| client | {} |\n|---|", keys.join(" | "));
    text += &"---:|".repeat(keys.len());
    text += "\n";
    for client in CLIENTS {
        let cells = sections.iter().map(|section| cell(section, client));
        let cells: Vec<_> = cells
            .map(|cell| cell.unwrap_or_else(|| "–".into()))
            .collect();
        text += &format!("| {} | {} |\n", client.title, cells.join(" | "));
    }
    text
}

fn both(section: &Section, client: Client, quantity: Quantity) -> Option<String> {
    let ratio = section.ratio(client, quantity)?;
    let summary = value(section.summary(client, quantity)?);
    Some(format!("{summary} ×{:.2}", ratio.median))
}

/// The median, with the range.
fn value(summary: Summary) -> String {
    let [median, minimum, maximum] = [summary.median, summary.minimum, summary.maximum]
        .map(|value| number(value, summary.median));
    format!("{median} ({minimum}-{maximum})")
}

/// Three digits that count, for values as large as `scale`.
fn number(value: f64, scale: f64) -> String {
    let decimals = match scale {
        ..10.0 => 2,
        ..100.0 => 1,
        _ => 0,
    };
    format!("{value:.decimals$}")
}

/// The one number of a quick run that says something.
fn in_short(hidden: Hidden) -> String {
    let (ratio, behind, front) = (hidden.ratio(), hidden.hidden.median, hidden.front.median);
    format!(
        "\nhidden: {behind:.2} ms for an awaited send, {front:.2} ms in front, ×{ratio:.2}; at most {MOST}\n"
    )
}

fn goals(results: &Results) -> String {
    let mut text = String::from("| goal | measured | |\n|---|---:|---|\n");
    for verdict in verdicts(results) {
        let word = if verdict.reached { "reached" } else { "missed" };
        let (goal, measured) = (verdict.goal, verdict.measured);
        text += &format!("| {goal} | {measured} | {word} |\n");
    }
    text
}
