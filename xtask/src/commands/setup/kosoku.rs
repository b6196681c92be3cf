//! kosoku, a runner of the Autobahn case files, in a Python environment below `target/`.

use std::path::PathBuf;

use anyhow::{Context as _, Result};

use super::Item;
use super::debian::is_root_on_debian;
use crate::process::Program;
use crate::repository;

const REQUIREMENT: &str = "kosoku==0.1.0";

/// kosoku's wheels are for CPython 3.10 and later.
const PYTHONS: &[&str] = &[
    "python3",
    "python3.14",
    "python3.13",
    "python3.12",
    "python3.11",
    "python3.10",
];

pub const ITEM: Item = Item {
    name: "kosoku",
    remedy: "install CPython 3.10 or later with venv, on Debian `apt-get install python3-venv`",
    present: || {
        Ok(matches!(
            Program::new(program()).arg("--help").probe(),
            Ok((true, _))
        ))
    },
    install,
};

/// The kosoku program.
pub fn program() -> PathBuf {
    environment().join("bin").join("kosoku")
}

/// Sets kosoku up where it is not yet.
pub fn ensure() -> Result<()> {
    super::provide(&ITEM, false).with_context(|| format!("by hand: {}", ITEM.remedy))?;
    Ok(())
}

fn environment() -> PathBuf {
    repository::target().join("kosoku")
}

fn install() -> Result<()> {
    if python().is_none() && is_root_on_debian() {
        let apt = || Program::new("apt-get").env("DEBIAN_FRONTEND", "noninteractive");
        apt().arg("update").run()?;
        apt()
            .args([
                "install",
                "--yes",
                "--no-install-recommends",
                "python3-venv",
            ])
            .run()?;
    }
    let python = python().context("no CPython 3.10 or later with venv")?;
    Program::new(python)
        .args(["-m", "venv", "--clear"])
        .arg(environment())
        .run()?;
    Program::new(environment().join("bin").join("pip"))
        .args([
            "install",
            "--quiet",
            "--disable-pip-version-check",
            REQUIREMENT,
        ])
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
