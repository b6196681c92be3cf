//! The lowest wasm-bindgen that the crates ask for has all that they use.

use std::fs;

use anyhow::{Context as _, Result};

use super::selection::Facade;
use crate::process::Program;
use crate::repository;

/// Checks a program that asks for exactly that version: it resolves with the facade, and all adapters compile for wasm.
pub fn check(facade: &Facade) -> Result<()> {
    let manifest = repository::read(&repository::root().join("Cargo.toml"))?;
    let lowest = asked(&manifest)?;
    let target = repository::target().join("lowest");
    let program = target.join("program");
    fs::create_dir_all(program.join("src"))?;
    fs::write(program.join("src/lib.rs"), "")?;
    fs::write(program.join("Cargo.toml"), text(&lowest, facade))?;
    Program::cargo()
        .args(["check", "--quiet", "--target", "wasm32-unknown-unknown"])
        .arg("--manifest-path")
        .arg(program.join("Cargo.toml"))
        .env("CARGO_TARGET_DIR", target)
        .run()
        .with_context(|| format!("not with wasm-bindgen {lowest}"))
}

fn asked(manifest: &str) -> Result<String> {
    let manifest: toml::Table = manifest.parse().context("the root Cargo.toml")?;
    let workspace = manifest
        .get("workspace")
        .and_then(|it| it.get("dependencies"));
    let version = workspace.and_then(|it| it.get("wasm-bindgen")?.as_str());
    Ok(version.context("no version of wasm-bindgen")?.to_owned())
}

fn text(lowest: &str, facade: &Facade) -> String {
    let path = repository::root().join("crates/taro-socket");
    let features = facade.backends(super::Target::Wasm);
    format!(
        "[package]\nname = \"lowest\"\nedition = \"2024\"\n\n[workspace]\n\n[dependencies]\n\
         taro-socket = {{ path = {path:?}, default-features = false, features = {features:?} }}\n\
         wasm-bindgen = \"={lowest}\"\n"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_version_is_the_one_of_the_root_manifest() {
        let manifest = "[workspace.dependencies]\nwasm-bindgen = \"0.2.112\"\n";
        assert_eq!(asked(manifest).unwrap(), "0.2.112");
        assert!(asked("[workspace]\n").is_err());
    }
}
