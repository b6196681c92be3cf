//! How much browsers load for the smallest echo client of each crate, and mini-programs and React Native for the template.
#![allow(
    clippy::print_stdout,
    reason = "a command-line program talks on standard output"
)]

mod clients;
mod document;
mod echo;
mod measure;
mod method;
mod packages;
mod table;

use std::path::{Path, PathBuf};

use anyhow::{Result, ensure};
use clap::Parser;

use crate::clients::{CLIENTS, Client};
use crate::measure::Sizes;
use crate::method::Method;
use crate::packages::Package;

/// Builds the smallest echo client of each crate, and weighs it: by wasm-bindgen alone, packed, and packed with the
/// standard library made anew.
#[derive(Debug, Parser)]
struct Cli {
    /// Only clients of these names.
    clients: Vec<String>,
    /// Each client has to echo in Chromium.
    #[arg(long)]
    check_echo: bool,
    /// Writes the tables of docs/SIZE.md.
    #[arg(long)]
    write_docs: bool,
    /// Fails where something of ours is larger than docs/SIZE.md says. Packages have the standard library as it comes.
    #[arg(long)]
    check: bool,
    /// Where the modules are left, a folder for each client below one for each method.
    #[arg(long, default_value = "target/size/web")]
    out: PathBuf,
}

/// What is known of one client.
type Row = (&'static Client, Sizes);

/// All clients, built in one way.
#[derive(Debug)]
struct Table {
    method: Method,
    rows: Vec<Row>,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<()> {
    let cli = Cli::parse();
    let wanted = |client: &&Client| {
        cli.clients.is_empty() || cli.clients.iter().any(|name| name == client.name)
    };
    let chosen: Vec<_> = CLIENTS.iter().filter(wanted).collect();
    ensure!(!chosen.is_empty(), "no client has such a name");
    let whole = chosen.len() == CLIENTS.len();
    ensure!(whole || !cli.write_docs, "the document shows all clients");
    let packaged: &[Method] = match whole {
        // Those are the same code, and take minutes.
        true if cli.check => &[Method::Packed],
        true => &method::PACKAGES,
        false => &[],
    };
    let tables = Method::each(&method::CLIENTS, |method| {
        measured(&chosen, method, &cli.out)
    })?;
    tables.iter().for_each(show);
    let packages = packages(packaged, &cli.out)?;
    if cli.check_echo {
        echo::check(&tables, &cli.out).await?;
    }
    if cli.check {
        document::check(&tables, &packages)?;
    }
    if cli.write_docs {
        document::write(&tables, &packages)?;
    }
    Ok(())
}

fn measured(chosen: &[&'static Client], method: Method, out: &Path) -> Result<Table> {
    let mut rows = Vec::new();
    for &client in chosen {
        println!("building {}, {}", client.name, method.key());
        rows.push((client, measure::measure(client, method, out)?));
    }
    Ok(Table { method, rows })
}

fn show(table: &Table) {
    println!("{}", table::terminal(table));
    for line in table::goals(table) {
        println!("{line}");
    }
}

/// The packages, shown; none where only some clients are asked for.
fn packages(methods: &[Method], out: &Path) -> Result<Vec<Package>> {
    if methods.is_empty() {
        return Ok(Vec::new());
    }
    // Beside the folder that is served.
    let packages = packages::measure(methods, &out.with_file_name("packages"))?;
    println!("{}", table::terminal_packages(&packages));
    Ok(packages)
}
