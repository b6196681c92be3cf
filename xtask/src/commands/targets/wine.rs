//! A Windows for programs under test: WINE, with a folder of its own.

use std::ffi::OsString;
use std::fs;
use std::path::PathBuf;
use std::time::Duration;

use anyhow::Result;

use super::compiler::Compiler;
use super::target::Target;
use crate::commands::setup::wine;
use crate::process::Program;
use crate::repository;

/// Time in which WINE has to make its folder.
const LIMIT: Duration = Duration::from_secs(120);

/// The library of Windows 10 that Rust's standard library has random numbers from; WINE 8, Debian's, is without.
const LIBRARY: &str = "bcryptprimitives.dll";
const SOURCE: &str = "#include <stddef.h>
unsigned char __stdcall SystemFunction036(void *to, unsigned long length);
__declspec(dllexport) int __stdcall ProcessPrng(unsigned char *to, size_t length) {
    return SystemFunction036(to, (unsigned long)length);
}
";

/// Prepares it.
pub fn prepare(compiler: &Compiler, target: &Target) -> Result<()> {
    let library = folder().join("drive_c/windows/system32").join(LIBRARY);
    if library.is_file() {
        return Ok(());
    }
    fs::create_dir_all(folder())?;
    with_variables(Program::new(wine::PROGRAM).args(["wineboot", "--init"]))
        .within(LIMIT)
        .run()?;
    let source = folder().join("library.c");
    repository::ensure_file_contents(&source, SOURCE, false)?;
    with_variables(Program::new(compiler.cc(target)))
        .args(["-shared", "-o"])
        .arg(library)
        .arg(source)
        .arg("-ladvapi32")
        .run()
}

/// WINE's settings, for it and for what calls it.
pub fn with_variables(program: Program) -> Program {
    variables().fold(program, |program, (name, value)| program.env(name, value))
}

fn variables() -> impl Iterator<Item = (&'static str, OsString)> {
    let folder = ("WINEPREFIX", folder().into());
    // No remarks about what WINE lacks, and no question whether it may fetch something.
    let quiet = [
        ("WINEDEBUG", "-all"),
        ("WINEDLLOVERRIDES", "mscoree,mshtml="),
    ];
    let quiet = quiet.map(|(name, value)| (name, value.into()));
    std::iter::once(folder).chain(quiet)
}

fn folder() -> PathBuf {
    let target = repository::root().join(repository::target());
    target.join("targets").join("wine")
}
