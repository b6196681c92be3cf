//! The crate, as its manifest describes it.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, ensure};
use cargo_metadata::{CrateType, Metadata, MetadataCommand};

use crate::{Options, version};

/// A crate that can be packed.
#[derive(Debug)]
pub(crate) struct Crate {
    /// The package's name: of the crate, or the one that was asked for.
    pub(crate) name: String,
    pub(crate) version: String,
    /// cargo's id of it.
    pub(crate) id: String,
    pub(crate) folder: PathBuf,
}

pub(crate) fn read(options: &Options) -> Result<Crate> {
    let folder = &options.path;
    ensure!(folder.is_dir(), "there is no folder {}", folder.display());
    let folder = folder.canonicalize()?;
    let manifest = folder.join("Cargo.toml");
    let shown = options.path.display();
    ensure!(manifest.is_file(), "{shown} is no crate: no Cargo.toml");
    let metadata = metadata(&manifest)?;
    let mut packages = metadata.workspace_packages().into_iter();
    let found = packages.find(|package| is_at(package.manifest_path.as_std_path(), &manifest));
    let package = found.with_context(|| format!("{shown} is a workspace, not a crate"))?;
    let mut kinds = package.targets.iter().flat_map(|to| &to.crate_types);
    ensure!(
        kinds.any(|kind| *kind == CrateType::CDyLib),
        "`{}` is no cdylib; its Cargo.toml needs `[lib]` with `crate-type = [\"cdylib\"]`",
        package.name
    );
    let name = options.name.clone();
    let name = name.unwrap_or_else(|| package.name.to_lowercase());
    check(&name)?;
    version::check_locked(&metadata.packages)?;
    Ok(Crate {
        name,
        version: package.version.to_string(),
        id: package.id.repr.clone(),
        folder,
    })
}

/// What the lock file has for wasm; where there is none yet, cargo writes it as it would for a build.
fn metadata(manifest: &Path) -> Result<Metadata> {
    let mut command = MetadataCommand::new();
    let wasm = ["--filter-platform", "wasm32-unknown-unknown"];
    command
        .manifest_path(manifest)
        .other_options(wasm.map(str::to_owned));
    Ok(command.exec()?)
}

fn is_at(path: &Path, manifest: &Path) -> bool {
    path.canonicalize().is_ok_and(|path| path == manifest)
}

/// The name is one of npm's, and of a file.
fn check(name: &str) -> Result<()> {
    let first =
        name.starts_with(|first: char| first.is_ascii_lowercase() || first.is_ascii_digit());
    let rest = |letter: char| {
        letter.is_ascii_lowercase() || letter.is_ascii_digit() || "-_.".contains(letter)
    };
    ensure!(
        first && name.chars().all(rest) && name.len() <= 214,
        "`{name}` is no name of a package: small letters, digits, `-`, `_` and `.`"
    );
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_those_of_npm_and_of_files() {
        for good in ["chat", "my-chat2", "a.b_c", "7z"] {
            check(good).unwrap();
        }
        for bad in ["", ".chat", "Chat", "@me/chat", "a/b", "a b", "é"] {
            assert!(check(bad).is_err(), "{bad}");
        }
    }
}
