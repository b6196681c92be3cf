//! The table, for the terminal and for the document.

use comfy_table::{CellAlignment, Table, presets};

use crate::Row;

const HEADS: [&str; 7] = [
    "client",
    "style",
    "wasm",
    "wasm gzip",
    "wasm brotli",
    "JS brotli",
    "wasm + JS brotli",
];

fn cells((client, sizes): &Row) -> [String; 7] {
    let bytes = [
        sizes.wasm,
        sizes.gzip,
        sizes.brotli,
        sizes.glue,
        sizes.loaded(),
    ];
    let [wasm, gzip, brotli, glue, loaded] = bytes.map(|bytes| bytes.to_string());
    let (title, style) = (client.title.into(), client.style.into());
    [title, style, wasm, gzip, brotli, glue, loaded]
}

pub(crate) fn terminal(rows: &[Row]) -> String {
    let mut table = Table::new();
    table.load_preset(presets::UTF8_FULL_CONDENSED);
    table.set_header(HEADS);
    table.add_rows(rows.iter().map(cells));
    for column in table.column_iter_mut().skip(2) {
        column.set_cell_alignment(CellAlignment::Right);
    }
    table.to_string()
}

pub(crate) fn markdown(rows: &[Row]) -> String {
    let mut text = format!("| {} |\n", HEADS.join(" | "));
    text += "|---|---|---:|---:|---:|---:|---:|\n";
    for row in rows {
        text += &format!("| {} |\n", cells(row).join(" | "));
    }
    text
}

/// A line for each client with a goal.
pub(crate) fn goals(rows: &[Row]) -> Vec<String> {
    let with_goal = rows.iter().filter_map(|row| Some((row, row.0.goal?)));
    let line = |((client, sizes), goal): (&Row, usize)| {
        let (title, style, loaded) = (client.title, client.style, sizes.loaded());
        let verdict = if loaded <= goal { "reached" } else { "missed" };
        format!("{title}, {style}: {loaded} bytes, goal {verdict} (≤ {goal})")
    };
    with_goal.map(line).collect()
}
