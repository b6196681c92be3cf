//! The programs of this workspace.

use std::env;
use std::path::PathBuf;
use std::sync::OnceLock;

use anyhow::Result;

use crate::process::Program;
use crate::repository;

/// Tells children that [`all_are_built`].
pub const BUILT: &str = "TARO_SOCKET_PROGRAMS_ARE_BUILT";

static ALL_ARE_BUILT: OnceLock<bool> = OnceLock::new();

/// Nobody builds a program from here on: they were built together. Alone, with the features of its own dependencies
/// only, each would have much built anew.
pub fn all_are_built() {
    let _ = ALL_ARE_BUILT.set(true);
}

/// Whether nobody builds a program.
pub fn are_built() -> bool {
    *ALL_ARE_BUILT.get_or_init(|| env::var_os(BUILT).is_some())
}

/// The program of this package, up to date. A build shows how far it is.
pub fn program(package: &str) -> Result<Program> {
    Ok(Program::new(built(package, &[])?))
}

/// As [`program`], for one that is built in a moment.
pub fn quick(package: &str) -> Result<Program> {
    Ok(Program::new(file(package)?))
}

/// Where the program of [`quick`] is.
pub fn file(package: &str) -> Result<PathBuf> {
    built(package, &["--quiet"])
}

fn built(package: &str, more: &[&str]) -> Result<PathBuf> {
    if !are_built() {
        let build = ["build", "--package", package, "--bins"];
        Program::cargo()
            .args(build)
            .args(more.iter().copied())
            .run()?;
    }
    Ok(repository::target().join("debug").join(package))
}
