//! Tests and programs of many packages, built together.

use std::io::BufReader;
use std::path::PathBuf;

use anyhow::{Context as _, Result, ensure};
use cargo_metadata::{Artifact, Message, Metadata, MetadataCommand};

use crate::process::Program;
use crate::{programs, repository};

/// What drives browsers, or packs; what takes longest is first.
pub const DRIVING: &[&str] = &[
    "taro-socket-pack",
    "taro-socket-host-device",
    "taro-socket-web",
    "taro-socket-demo-host",
    "taro-socket-size",
    "taro-socket-bench-h5",
    "taro-socket-hosts",
];

/// Programs that other steps use.
const PROGRAMS: &[&str] = &[
    "taro-socket-bench",
    "taro-socket-host-h5",
    "taro-socket-host-mini",
    "taro-socket-host-rn",
];

/// What `cargo test` would run of a package.
#[derive(Debug)]
pub struct TestProgram {
    pub package: String,
    /// The package's folder, in which tests run.
    folder: PathBuf,
    /// Of the package or of one of its files with tests.
    target: String,
    path: PathBuf,
}

fn metadata() -> Result<Metadata> {
    let mut metadata = MetadataCommand::new();
    Ok(metadata.current_dir(repository::root()).no_deps().exec()?)
}

/// The default members, which need no set-up, what drives browsers or packs, and programs that other steps use.
pub fn packages() -> Result<Vec<String>> {
    let metadata = metadata()?;
    let members = metadata.workspace_default_packages();
    let members = members.iter().map(|package| package.name.to_string());
    let others = DRIVING.iter().chain(PROGRAMS);
    Ok(members.chain(others.map(|&name| name.to_owned())).collect())
}

/// Builds all tests and programs of these packages. From here on no program is built alone.
pub fn together(packages: &[String]) -> Result<Vec<TestProgram>> {
    let build = Program::cargo()
        .args(["build", "--lib", "--bins", "--examples", "--tests"])
        .arg("--message-format=json-render-diagnostics")
        .args(selected(packages));
    println!("  $ {}", build.line());
    let metadata = metadata()?;
    let reader = build.expression().unchecked().reader()?;
    let mut found = Vec::new();
    for message in Message::parse_stream(BufReader::new(&reader)) {
        if let Message::CompilerArtifact(artifact) = message? {
            found.extend(test_program(artifact, &metadata)?);
        }
    }
    let ended = reader.try_wait()?;
    let built = ended.is_some_and(|output| output.status.success());
    ensure!(built, "`{}` failed", build.line());
    ensure!(!found.is_empty(), "there are no tests");
    programs::all_are_built();
    found.sort_by_key(TestProgram::place);
    Ok(found)
}

/// The packages as arguments of cargo.
pub fn selected(packages: &[String]) -> impl Iterator<Item = String> {
    let pairs = packages
        .iter()
        .map(|name| ["--package".to_owned(), name.clone()]);
    pairs.flatten()
}

fn test_program(artifact: Artifact, metadata: &Metadata) -> Result<Option<TestProgram>> {
    let Some(path) = artifact.executable.filter(|_| artifact.profile.test) else {
        return Ok(None);
    };
    let mut packages = metadata.packages.iter();
    let package = packages.find(|package| package.id == artifact.package_id);
    let package = package.context("tests of a package that is not in the workspace")?;
    let folder = package.manifest_path.parent();
    Ok(Some(TestProgram {
        package: package.name.to_string(),
        folder: folder.context("a manifest without folder")?.into(),
        target: artifact.target.name,
        path: path.into(),
    }))
}

impl TestProgram {
    fn place(&self) -> (Option<usize>, String, String) {
        let driving = DRIVING.iter().position(|&name| name == self.package);
        (driving, self.package.clone(), self.target.clone())
    }

    /// As `cargo test` runs it.
    pub fn program(&self) -> Program {
        Program::new(&self.path)
            .at(&self.folder)
            .env("CARGO_MANIFEST_DIR", &self.folder)
    }

    pub fn title(&self) -> String {
        format!("{}: {}", self.package, self.target)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    impl TestProgram {
        /// A program that is no test.
        pub fn at(path: &str) -> Self {
            Self {
                package: "package".to_owned(),
                folder: repository::root(),
                target: path.to_owned(),
                path: path.into(),
            }
        }
    }

    #[test]
    fn no_package_is_built_twice_and_each_is_there() {
        let names = packages().unwrap();
        let mut once = names.clone();
        once.sort();
        once.dedup();
        assert_eq!(once.len(), names.len());
        let metadata = metadata().unwrap();
        for name in names {
            assert!(
                metadata.packages.iter().any(|it| *it.name == name),
                "{name}"
            );
        }
    }
}
