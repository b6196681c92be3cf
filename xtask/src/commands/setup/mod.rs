//! `setup`: what the tests need beyond a Rust toolchain.

mod browsers;
mod compiler;
mod components;
mod debian;
pub mod kosoku;
mod npm;
mod proxies;
mod python;
pub mod qemu;
mod wasm;
pub mod wine;
pub mod zig;

use std::time::Instant;

use anyhow::{Context as _, Result};
use comfy_table::{Table, presets};

use crate::findings::Findings;

/// Looks for what the tests need, installs what is missing, or names it clearly.
#[derive(clap::Args, Clone, Copy, Debug, Default)]
pub struct Args {
    /// Only looks.
    #[arg(long)]
    check: bool,
    /// Also sets up what only `cargo xtask autobahn` needs.
    #[arg(long)]
    autobahn: bool,
    /// Also sets up what only `cargo xtask targets` needs, but the standard libraries, which it adds itself.
    #[arg(long)]
    targets: bool,
}

/// Something that may be missing.
pub struct Item {
    name: &'static str,
    /// How to get it by hand.
    remedy: &'static str,
    present: fn() -> Result<bool>,
    install: fn() -> Result<()>,
}

const ITEMS: &[Item] = &[
    components::CLIPPY,
    components::RUSTFMT,
    compiler::ITEM,
    wasm::ITEM,
    wasm::SOURCES,
    browsers::BROWSERS,
    browsers::GECKODRIVER_ITEM,
    proxies::ITEM,
    npm::TOOLS_ITEM,
    npm::HOSTS_ITEM,
    npm::HERMES_ITEM,
    npm::RN_ITEM,
    npm::DUPLICATES_ITEM,
];

pub fn run(args: Args) -> Result<()> {
    let autobahn = args.autobahn.then_some(&kosoku::ITEM);
    let targets = args.targets.then_some(&[zig::ITEM, qemu::ITEM, wine::ITEM]);
    let more = autobahn.into_iter().chain(targets.into_iter().flatten());
    let mut findings = Findings::default();
    let mut table = Table::new();
    table
        .load_preset(presets::UTF8_BORDERS_ONLY)
        .set_header(["needed", "state"]);
    for item in ITEMS.iter().chain(more) {
        let state = provide(item, args.check).unwrap_or_else(|error| {
            findings.error(format!(
                "{}: {error:#}; by hand: {}",
                item.name, item.remedy
            ));
            "MISSING"
        });
        table.add_row([item.name, state]);
    }
    println!("{table}");
    findings.conclude()
}

/// Provides what packing a crate needs.
///
/// # Errors
/// Names what is missing and how to get it by hand.
pub fn for_packing() -> Result<()> {
    need(&[wasm::ITEM, npm::TOOLS_ITEM])
}

/// Provides what builds need that make the standard library anew.
///
/// # Errors
/// As [`for_packing`].
pub fn for_rebuilding_std() -> Result<()> {
    need(&[wasm::SOURCES])
}

/// Provides what finds lines that stand twice.
///
/// # Errors
/// As [`for_packing`].
pub fn for_duplicates() -> Result<()> {
    need(&[npm::DUPLICATES_ITEM])
}

/// Provides what compiles C for other targets.
///
/// # Errors
/// As [`for_packing`].
pub fn for_targets() -> Result<()> {
    need(&[zig::ITEM])
}

/// Provides what runs programs of other processors.
///
/// # Errors
/// As [`for_packing`].
pub fn for_other_processors() -> Result<()> {
    need(&[qemu::ITEM])
}

/// Provides what links and runs programs of Windows.
///
/// # Errors
/// As [`for_packing`].
pub fn for_windows() -> Result<()> {
    need(&[wine::ITEM])
}

fn need(items: &[Item]) -> Result<()> {
    for item in items {
        provide(item, false).with_context(|| format!("{}; by hand: {}", item.name, item.remedy))?;
    }
    Ok(())
}

fn provide(item: &Item, check: bool) -> Result<&'static str> {
    if (item.present)()? {
        return Ok("present");
    }
    anyhow::ensure!(!check, "missing");
    println!("  installing {}", item.name);
    let begin = Instant::now();
    (item.install)()?;
    anyhow::ensure!((item.present)()?, "installed, but it does not work");
    let seconds = begin.elapsed().as_secs_f64();
    println!("  installed {} in {seconds:.1} s", item.name);
    Ok("installed")
}
