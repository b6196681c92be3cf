//! Benchmarks of the H5 adapter beside other clients, in one session of Chromium.
#![allow(
    clippy::print_stdout,
    reason = "a command-line program talks on standard output"
)]

mod clients;
mod document;
mod folder;
mod goals;
mod hidden;
mod page;
mod peer;
mod renderer;
mod results;
mod run;
mod statistics;
mod table;
mod workloads;

use std::path::PathBuf;

use anyhow::Result;
use clap::Parser;
use hidden::Hidden;

/// Measures the H5 adapter of taro-socket beside other clients, interleaved in one session of Chromium.
#[derive(Debug, Parser)]
struct Cli {
    /// Few messages, one repetition: only to see that every client delivers everything.
    #[arg(long)]
    quick: bool,
    /// How often each cell is measured; by default nine times.
    #[arg(long, default_value_t = 9, value_parser = clap::value_parser!(u32).range(1..=100))]
    repetitions: u32,
    /// Only these workloads, comma separated, of those and `hidden`.
    #[arg(long = "workload", value_delimiter = ',')]
    workloads: Vec<String>,
    /// Writes docs/BENCHMARKS-H5.md.
    #[arg(long)]
    write_docs: bool,
    /// The program of the native benchmarks, which is the peer.
    #[arg(long)]
    peer: PathBuf,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<()> {
    let cli = Cli::parse();
    let results = run::run(&cli).await?;
    println!("{}", table::text(&results));
    if cli.write_docs {
        document::write(&results)?;
    }
    results.hidden.as_ref().map_or(Ok(()), Hidden::check)
}
