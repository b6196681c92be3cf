//! `autobahn`: the native adapter against the Autobahn case files.

mod close_codes;
mod record;
mod sections;
mod server;

use std::path::PathBuf;
use std::time::Duration;

use anyhow::{Context as _, Result};

use self::record::Record;
use self::sections::Sections;
use self::server::FuzzingServer;
use crate::commands::setup::kosoku;
use crate::findings::Findings;
use crate::process::Program;
use crate::repository;

const AGENT: &str = "taro-socket-native";
const CLIENT: &str = "taro-socket-autobahn";

/// A client that has not ended by then is stopped.
const LIMIT: Duration = Duration::from_secs(20 * 60);

/// Runs the native adapter, through the facade, against the Autobahn case files on loopback.
#[derive(clap::Args, Debug)]
pub struct Args {
    /// Sections of the case files to run.
    #[arg(long, default_value = "1-7,9,10", value_name = "LIST")]
    sections: Sections,
    /// Writes the results to tests/results/autobahn.json instead of comparing them with it.
    #[arg(long)]
    record: bool,
}

pub fn run(args: &Args) -> Result<()> {
    kosoku::ensure().context("kosoku")?;
    let reports = repository::target().join("autobahn");
    if reports.exists() {
        std::fs::remove_dir_all(&reports)?;
    }
    std::fs::create_dir_all(&reports)?;
    let record = fuzz(args, &reports)?;
    println!("\n{}", record.table());

    let recorded = recorded_path();
    let mut findings = Findings::default();
    record.failures(&mut findings);
    close_codes::check(&record, &mut findings);
    if !args.record {
        let before = Record::read(&recorded)
            .context("no recorded result: run `cargo xtask autobahn --record`")?;
        record.falls_below(&before.of_sections(&args.sections), &mut findings);
    }
    findings.conclude()?;
    if args.record {
        repository::ensure_file_contents(&recorded, &record.render()?, false)?;
        println!("recorded in {}", recorded.display());
    }
    Ok(())
}

/// Runs every case; the client is built before the server waits for it.
fn fuzz(args: &Args, reports: &std::path::Path) -> Result<Record> {
    Program::cargo()
        .args(["build", "--release", "--package", CLIENT])
        .run()?;
    let server = FuzzingServer::start(reports, &args.sections)?;
    Program::cargo()
        .args(["run", "--quiet", "--release", "--package", CLIENT, "--"])
        .args(["--url", &server.url(), "--agent", AGENT])
        .within(LIMIT)
        .run()?;
    server.reports_written()?;
    server.stop()?;
    Record::from_reports(reports, AGENT)
}

fn recorded_path() -> PathBuf {
    repository::root().join("tests/results/autobahn.json")
}
