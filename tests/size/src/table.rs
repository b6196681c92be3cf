//! The tables, for the terminal and for the document.

use comfy_table::{CellAlignment, presets};

use crate::packages::Package;
use crate::{Row, Table};

const HEADS: [&str; 7] = [
    "client",
    "style",
    "wasm",
    "wasm gzip",
    "wasm brotli",
    "JS brotli",
    "wasm + JS brotli",
];

const PACKAGE_HEADS: [&str; 6] = [
    "package of `templates/mini`",
    "standard library",
    "JS brotli",
    "wasm brotli",
    "together",
    "goal",
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

fn package_cells(package: &Package) -> [String; 6] {
    let wasm = package
        .wasm
        .map_or_else(|| "–".into(), |wasm| wasm.to_string());
    let [script, loaded] = [package.script, package.loaded()].map(|bytes| bytes.to_string());
    let verdict = if package.loaded() <= package.goal {
        "reached"
    } else {
        "missed"
    };
    let goal = format!("{verdict} (≤ {})", package.goal);
    let (platform, std) = (package.platform.into(), package.method.std().into());
    [platform, std, script, wasm, loaded, goal]
}

pub(crate) fn terminal(of: &Table) -> String {
    let mut table = comfy_table::Table::new();
    table.load_preset(presets::UTF8_FULL_CONDENSED);
    table.set_header(HEADS);
    table.add_rows(of.rows.iter().map(cells));
    for column in table.column_iter_mut().skip(2) {
        column.set_cell_alignment(CellAlignment::Right);
    }
    let (title, words) = (of.method.title(), of.method.words());
    format!("{title}: {words}\n{table}")
}

pub(crate) fn markdown(table: &Table) -> String {
    let mut text = format!("| {} |\n", HEADS.join(" | "));
    text += "|---|---|---:|---:|---:|---:|---:|\n";
    for row in &table.rows {
        text += &format!("| {} |\n", cells(row).join(" | "));
    }
    text
}

pub(crate) fn terminal_packages(packages: &[Package]) -> String {
    let mut table = comfy_table::Table::new();
    table.load_preset(presets::UTF8_FULL_CONDENSED);
    table.set_header(PACKAGE_HEADS);
    table.add_rows(packages.iter().map(package_cells));
    format!("Packages of mini-programs and React Native\n{table}")
}

pub(crate) fn markdown_packages(packages: &[Package]) -> String {
    let mut text = format!(
        "| {} |\n|---|---|---:|---:|---:|---|\n",
        PACKAGE_HEADS.join(" | ")
    );
    for package in packages {
        text += &format!("| {} |\n", package_cells(package).join(" | "));
    }
    text
}

/// A line for each client with a goal.
pub(crate) fn goals(table: &Table) -> Vec<String> {
    let rows = table.rows.iter();
    let with_goal = rows.filter_map(|row| Some((row, row.0.goal?)));
    let line = |((client, sizes), goal): (&Row, usize)| {
        let (title, style, loaded) = (client.title, client.style, sizes.loaded());
        let verdict = if loaded <= goal { "reached" } else { "missed" };
        format!("{title}, {style}: {loaded} bytes, goal {verdict} (≤ {goal})")
    };
    with_goal.map(line).collect()
}
