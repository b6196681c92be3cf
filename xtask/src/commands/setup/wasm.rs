//! std for wasm32-unknown-unknown, built and as sources.

use super::Item;
use crate::process::Program;

const SCRIPT: &str = "xtask/scripts/setup-wasm-target.sh";

pub const ITEM: Item = Item {
    name: "std for wasm32-unknown-unknown",
    remedy: "rustup target add wasm32-unknown-unknown",
    present: || Ok(Program::new("bash").args([SCRIPT, "--check"]).probe()?.0),
    install: || Program::new("bash").arg(SCRIPT).run(),
};

/// For builds that make std anew.
pub const SOURCES: Item = Item {
    name: "sources of std",
    remedy: "rustup component add rust-src",
    present: || {
        let look = Program::new("bash").args([SCRIPT, "--sources", "--check"]);
        Ok(look.probe()?.0)
    },
    install: || Program::new("bash").args([SCRIPT, "--sources"]).run(),
};
