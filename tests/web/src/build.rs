//! Builds for wasm32-unknown-unknown.

use std::env;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use anyhow::{Context as _, bail, ensure};
use cargo_metadata::{Artifact, Message};

use crate::{add_flags, folders, remap_std};

/// Variables that cargo sets for its children. A build script that watches them
/// would run again for each of cargo's callers.
const CARGO_OWN: &[&str] = &[
    "CARGO_BIN_",
    "CARGO_CRATE_",
    "CARGO_MANIFEST_",
    "CARGO_PKG_",
];

/// A cargo profile.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(clippy::exhaustive_enums, reason = "those of the root manifest")]
pub enum Profile {
    /// `dev`.
    Dev,
    /// `release`.
    Release,
    /// `size`: as small as it gets with the standard library as it comes.
    Size,
}

impl Profile {
    fn name(self) -> &'static str {
        match self {
            Self::Dev => "dev",
            Self::Release => "release",
            Self::Size => "size",
        }
    }
}

/// A package of the workspace that makes one wasm module, a binary or a `cdylib`.
#[derive(Clone, Copy, Debug)]
#[allow(clippy::exhaustive_structs, reason = "users write it")]
pub struct Package<'a> {
    /// Name of the package.
    pub package: &'a str,
    /// How it is built.
    pub profile: Profile,
    /// Features beside its default ones.
    pub features: &'a [&'a str],
}

/// Builds the package for wasm32-unknown-unknown; the path of its `.wasm`.
///
/// # Errors
/// When the build fails, or makes no module or several.
pub fn build(package: &Package<'_>) -> anyhow::Result<PathBuf> {
    let name = package.package;
    let built = modules(&mut command(package)?);
    let mut modules = built.with_context(|| format!("`{name}` does not build for wasm"))?;
    // Dependencies come first, and may be modules too.
    let Some((id, path)) = modules.pop() else {
        bail!("`{name}` makes no wasm module");
    };
    let single = modules.iter().all(|(other, _)| *other != id);
    ensure!(single, "`{name}` makes several wasm modules");
    Ok(path)
}

/// Runs this `cargo build` for wasm32-unknown-unknown: the modules that it makes, each with the id of its
/// package, dependencies first.
///
/// # Errors
/// When the build fails.
pub fn modules(build: &mut Command) -> anyhow::Result<Vec<(String, PathBuf)>> {
    build
        .args(["--quiet", "--target", "wasm32-unknown-unknown"])
        .arg("--message-format=json-render-diagnostics")
        .stdout(Stdio::piped());
    let mut child = build.spawn().context("cannot start cargo")?;
    let output = child.stdout.take().context("cargo has no output")?;
    let mut modules = Vec::new();
    for message in Message::parse_stream(std::io::BufReader::new(output)) {
        if let Message::CompilerArtifact(artifact) = message? {
            modules.extend(module(artifact));
        }
    }
    ensure!(child.wait()?.success(), "cargo failed");
    Ok(modules)
}

fn module(artifact: Artifact) -> Option<(String, PathBuf)> {
    let mut files = artifact.filenames.into_iter();
    let path = files.find(|file| file.extension() == Some("wasm"))?;
    Some((artifact.package_id.repr, path.into_std_path_buf()))
}

fn command(package: &Package<'_>) -> anyhow::Result<Command> {
    let mut command = cargo();
    command
        .current_dir(folders::root())
        .args(["build", "--package", package.package])
        .args(["--profile", package.profile.name()]);
    if !package.features.is_empty() {
        command.args(["--features", &package.features.join(",")]);
    }
    weighed(&mut command, package.profile)?;
    Ok(command)
}

/// What is weighed tells nothing of this machine.
fn weighed(command: &mut Command, profile: Profile) -> anyhow::Result<()> {
    if profile == Profile::Size {
        let mut flags = Vec::new();
        remap_std(command, &mut flags)?;
        add_flags(command, &flags);
    }
    Ok(())
}

/// The cargo that runs this program, without what it tells of this program's package.
#[must_use]
pub fn cargo() -> Command {
    let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(cargo);
    for (name, _) in env::vars_os() {
        let text = name.to_string_lossy();
        if CARGO_OWN.iter().any(|prefix| text.starts_with(prefix)) {
            command.env_remove(&name);
        }
    }
    command
}
