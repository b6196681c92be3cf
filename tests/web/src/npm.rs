//! The tools that come by npm.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context as _, ensure};
use serde_json::Value;

use crate::folders;

/// A file of the packages.
pub(crate) fn tool(path: &str) -> anyhow::Result<PathBuf> {
    let modules = folders::root().join("tests/web/node_modules");
    let path = modules.join(path);
    let name = path.display();
    ensure!(path.exists(), "{name} is missing; see `cargo xtask setup`");
    Ok(path)
}

/// The version of this package.
pub(crate) fn version(package: &str) -> anyhow::Result<String> {
    let manifest = tool(package)?.join("package.json");
    let text = fs::read_to_string(&manifest).with_context(|| manifest.display().to_string())?;
    let manifest: Value = serde_json::from_str(&text)?;
    let version = manifest.get("version").and_then(Value::as_str);
    Ok(version.context("a package without version")?.to_owned())
}

pub(crate) fn run(command: &mut Command) -> anyhow::Result<()> {
    let name = command.get_program().to_string_lossy().into_owned();
    let status = command.status();
    let status = status.with_context(|| format!("cannot start {name}"))?;
    ensure!(status.success(), "{name} failed");
    Ok(())
}
