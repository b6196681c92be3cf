//! The toolchain's components.

use std::time::Duration;

use anyhow::Result;

use super::Item;
use crate::process::Program;

/// Time in which rustup has to fetch a component.
const RUSTUP_LIMIT: Duration = Duration::from_secs(180);

pub const CLIPPY: Item = Item {
    name: "clippy",
    remedy: "rustup component add clippy",
    present: || Ok(Program::cargo().args(["clippy", "--version"]).probe()?.0),
    install: || add("clippy"),
};

pub const RUSTFMT: Item = Item {
    name: "rustfmt",
    remedy: "rustup component add rustfmt",
    present: || Ok(Program::cargo().args(["fmt", "--version"]).probe()?.0),
    install: || add("rustfmt"),
};

fn add(component: &str) -> Result<()> {
    Program::new("rustup")
        .args(["component", "add", component])
        .within(RUSTUP_LIMIT)
        .run()
}
