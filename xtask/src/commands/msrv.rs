//! `msrv`: the crates compile with the minimum Rust version that they state, on both targets.

use std::path::Path;
use std::time::Duration;

use anyhow::{Context as _, Result, ensure};
use cargo_metadata::{MetadataCommand, Package};

use crate::ahead::Ahead;
use crate::process::Program;
use crate::repository;
use crate::steps::Steps;

/// Time in which rustup has to fetch the toolchain.
const RUSTUP_LIMIT: Duration = Duration::from_secs(180);
const WASM: &str = "wasm32-unknown-unknown";

/// On wasm it reaches each crate that is for wasm.
const FACADE: &str = "taro-socket";
const ON_WASM: [&str; 4] = ["--package", FACADE, "--package", "taro-socket-demo"];

/// A toolchain of the stated version, with the standard library of both targets.
#[derive(Debug)]
pub struct Toolchain {
    version: String,
}

/// Checks, or fails where there is no such compiler.
pub fn run() -> Result<()> {
    toolchain()?.check()
}

/// As [`run`], which was begun before, as a step: without such a compiler nothing is claimed, and nothing has failed.
pub fn step(steps: &mut Steps, begun: Ahead) {
    let name = "minimum Rust version";
    let ended = begun.end();
    match toolchain() {
        Ok(_) => steps.run(name, |_| ended.show()),
        Err(why) => steps.leave_out(name, &format!("{why:#}")),
    }
}

/// The toolchain, fetched by rustup where it is not there yet.
fn toolchain() -> Result<Toolchain> {
    let manifest = repository::read(&repository::root().join("Cargo.toml"))?;
    let version = stated(&manifest)?;
    let toolchain = Toolchain { version };
    if !toolchain.is_there() {
        toolchain.install().with_context(|| {
            let version = &toolchain.version;
            format!("there is no Rust {version}, and rustup brings none")
        })?;
    }
    Ok(toolchain)
}

fn stated(manifest: &str) -> Result<String> {
    let manifest: toml::Table = manifest.parse().context("the root Cargo.toml")?;
    let package = manifest.get("workspace").and_then(|it| it.get("package"));
    let version = package.and_then(|it| it.get("rust-version")?.as_str());
    Ok(version.context("no rust-version")?.to_owned())
}

impl Toolchain {
    fn program(&self, name: &str) -> Program {
        Program::new("rustup").args(["run", &self.version, name])
    }

    /// Whether the compiler is there, with a standard library for wasm.
    fn is_there(&self) -> bool {
        let wasm = ["--print", "target-libdir", "--target", WASM];
        let asked = self.program("rustc").args(wasm).probe();
        matches!(asked, Ok((true, folder)) if Path::new(folder.trim()).is_dir())
    }

    fn install(&self) -> Result<()> {
        Program::new("rustup")
            .args(["toolchain", "install", &self.version])
            .args(["--profile", "minimal", "--target", WASM])
            .within(RUSTUP_LIMIT)
            .run()?;
        ensure!(self.is_there(), "it was installed, but does not work");
        Ok(())
    }

    /// On native all crates, with each feature of the facade; on wasm what it reaches.
    fn check(&self) -> Result<()> {
        let packages = published()?;
        let names = packages.iter().map(|package| package.name.to_string());
        let names = names.flat_map(|name| ["--package".to_owned(), name]);
        // Not all features of all crates: some are for tests alone.
        let features = features(&packages)?;
        let cargo = || self.cargo().args(["--features", &features]);
        cargo().args(names).run()?;
        cargo().args(ON_WASM).args(["--target", WASM]).run()
    }

    /// Other compilers make other builds: it has a folder of its own.
    fn cargo(&self) -> Program {
        self.program("cargo")
            .args(["check", "--quiet"])
            .env("CARGO_TARGET_DIR", repository::target().join("msrv"))
    }
}

/// The packages below `crates`.
fn published() -> Result<Vec<Package>> {
    let root = repository::root();
    let mut metadata = MetadataCommand::new();
    let metadata = metadata.current_dir(&root).no_deps().exec()?;
    let crates = metadata.workspace_root.join("crates");
    let packages = metadata.packages.into_iter();
    let below = packages.filter(|package| package.manifest_path.starts_with(&crates));
    Ok(below.collect())
}

/// The facade's features, as the command line of a workspace names them.
fn features(packages: &[Package]) -> Result<String> {
    let mut packages = packages.iter();
    let facade = packages.find(|package| *package.name == FACADE);
    let facade = facade.with_context(|| format!("no {FACADE} below `crates`"))?;
    let names = facade.features.keys();
    let names: Vec<_> = names.map(|name| format!("{FACADE}/{name}")).collect();
    Ok(names.join(","))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_version_is_the_one_that_manifests_state() {
        let manifest = "[workspace.package]\nrust-version = \"1.85\"\n";
        assert_eq!(stated(manifest).unwrap(), "1.85");
    }

    #[test]
    fn a_compiler_that_is_nowhere_is_not_there() {
        let version = "1.2.3-none".to_owned();
        assert!(!Toolchain { version }.is_there());
    }

    #[test]
    fn the_facade_with_its_features_and_its_adapters_are_checked() {
        let packages = published().unwrap();
        assert!(packages.len() > 10, "{packages:?}");
        let features = features(&packages).unwrap();
        for feature in ["taro-socket/native", "taro-socket/tls-aws-lc"] {
            assert!(features.contains(feature), "{features}");
        }
    }
}
