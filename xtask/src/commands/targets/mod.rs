//! `targets`: the native adapter and the facade for systems other than this one.

mod compiler;
mod look;
mod report;
mod standard_library;
mod target;
mod wine;

use anyhow::{Context as _, Result};

use self::compiler::Compiler;
use self::report::Report;
use self::target::{TARGETS, Target};
use super::setup;
use crate::ahead::Ahead;
use crate::steps::Steps;

/// Checks the native adapter and the facade for phones, desktops and servers, and runs what can be run here.
#[derive(clap::Args, Debug)]
pub struct Args {
    /// For one target alone, by rustc's name.
    #[arg(long, value_name = "TARGET", value_parser = target::named)]
    only: Option<&'static Target>,
}

/// What tells most: a system with code of its own, which no test here runs, and 32 bits.
const TELLING: &str = "armv7-linux-androideabi";

/// The arguments of this program that check it, to be begun ahead of its step.
pub const CHECK: &[&str] = &["targets", "--only", TELLING];

/// Checks each, then shows a table; an error where one fails, or where nothing could be looked at.
pub fn run(args: &Args) -> Result<()> {
    let compiler = compiler();
    if let Err(why) = &compiler {
        println!("  without TLS: {why:#}");
    }
    let chosen = TARGETS
        .iter()
        .filter(|target| args.only.is_none_or(|only| only.name == target.name));
    let mut report = Report::default();
    for target in chosen {
        println!("\n== {}", target.name);
        report.add(target.name, look::at(target, compiler.as_ref().ok()));
    }
    report.conclude()
}

/// As [`run`] with [`CHECK`], which was begun before, as a step: where something cannot be had nothing is claimed, and
/// nothing has failed.
pub fn step(steps: &mut Steps, begun: Ahead) {
    let name = format!("target {TELLING}");
    let ended = begun.end();
    match obtainable(TELLING) {
        Ok(()) => steps.run(&name, |_| ended.show()),
        Err(why) => steps.leave_out(&name, &format!("{why:#}")),
    }
}

fn obtainable(target: &str) -> Result<()> {
    compiler().context("no C compiler for it")?;
    standard_library::provide(target)?;
    Ok(())
}

fn compiler() -> Result<Compiler> {
    setup::for_targets()?;
    Compiler::write()
}
