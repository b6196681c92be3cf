//! Packages of PyPI, each in a Python environment of its own below `target/`.

use std::path::PathBuf;
use std::time::Duration;

use anyhow::{Context as _, Result};

use super::debian::{self, is_root_on_debian};
use crate::process::Program;
use crate::repository;

/// Time in which pip has to fetch a package.
const PIP_LIMIT: Duration = Duration::from_secs(300);

/// CPython 3.10 and later: what the packages ask for.
const PYTHONS: &[&str] = &[
    "python3",
    "python3.14",
    "python3.13",
    "python3.12",
    "python3.11",
    "python3.10",
];

/// How to get Python by hand.
pub const REMEDY: &str =
    "install CPython 3.10 or later with venv, on Debian `apt-get install python3-venv`";

/// A program of the environment with that name.
pub fn program(environment: &str, name: &str) -> PathBuf {
    folder(environment).join("bin").join(name)
}

fn folder(environment: &str) -> PathBuf {
    repository::target().join(environment)
}

/// Makes the environment anew, with what `requirement` says.
pub fn install(environment: &str, requirement: &str) -> Result<()> {
    if python().is_none() && is_root_on_debian() {
        debian::install(&["python3-venv"])?;
    }
    let python = python().context("no CPython 3.10 or later with venv")?;
    Program::new(python)
        .args(["-m", "venv", "--clear"])
        .arg(folder(environment))
        .run()?;
    Program::new(program(environment, "pip"))
        .args(["install", "--quiet", "--disable-pip-version-check"])
        .arg(requirement)
        .within(PIP_LIMIT)
        .run()
}

fn python() -> Option<&'static str> {
    let fits = "import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 10))";
    let works = |name: &&&str| {
        matches!(
            Program::new(**name).args(["-c", fits]).probe(),
            Ok((true, _))
        )
    };
    PYTHONS.iter().find(works).copied()
}
