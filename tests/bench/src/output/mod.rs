//! The report: tables on standard output, a document and a plot.

mod document;
mod panel;
mod plot;
mod report;
mod table;

use std::{fs, io::Write as _, path::Path};

pub(crate) use self::report::{Conditions, Report};
use crate::Result;

/// Writes one line to standard output.
pub(crate) fn line(text: &str) -> Result<()> {
    let mut output = std::io::stdout().lock();
    writeln!(output, "{text}")?;
    Ok(output.flush()?)
}

/// Prints the tables.
pub(crate) fn print(report: &Report) -> Result<()> {
    line(&format!(
        "{}\n\n{}",
        report.conditions.sentence(),
        table::tables(report)
    ))
}

/// Writes docs/BENCHMARKS.md and docs/benchmarks.svg.
pub(crate) fn write_documents(report: &Report) -> Result<()> {
    let docs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs");
    fs::create_dir_all(&docs)?;
    fs::write(docs.join("BENCHMARKS.md"), document::document(report))?;
    fs::write(docs.join("benchmarks.svg"), plot::plot(report))?;
    eprintln!("wrote docs/BENCHMARKS.md and docs/benchmarks.svg");
    Ok(())
}
