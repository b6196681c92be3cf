//! Packages for Node.js: the tools of `tests/web`, what is under the simulated hosts, Hermes, and jscpd.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, ensure};
use serde_json::Value;

use super::Item;
use crate::process::Program;
use crate::repository;

const TOOLS: &str = "tests/web";
const HOSTS: &str = "tests/hosts/mini/host";
const RN: &str = "tests/hosts/rn/host";
const HERMES: &str = "tests/hermes";
const DUPLICATES: &str = "xtask/duplicates";

/// Where the script `download` of that folder puts React Native's sources, below its `node_modules`.
const RN_SOURCES: [&str; 2] = [".react-native/0.88.1", ".react-native/0.76.9"];

pub const TOOLS_ITEM: Item = Item {
    name: "Node.js tools of tests/web",
    remedy: "install Node.js 20 or later, then `npm ci --prefix tests/web`",
    present: || all_present(&folder(TOOLS)),
    install: || install(TOOLS),
};

pub const HOSTS_ITEM: Item = Item {
    name: "packages of the simulated hosts",
    remedy: "install Node.js 20 or later, then `npm ci --prefix tests/hosts/mini/host`",
    present: || all_present(&folder(HOSTS)),
    install: || install(HOSTS),
};

pub const HERMES_ITEM: Item = Item {
    name: "Hermes, React Native's engine",
    remedy: "install Node.js 20 or later, then `npm ci --prefix tests/hermes`",
    present: || all_present(&folder(HERMES)),
    install: || install(HERMES),
};

pub const DUPLICATES_ITEM: Item = Item {
    name: "jscpd, which finds what stands twice",
    remedy: "install Node.js 20 or later, then `npm ci --prefix xtask/duplicates`",
    present: || all_present(&folder(DUPLICATES)),
    install: || install(DUPLICATES),
};

pub const RN_ITEM: Item = Item {
    name: "packages of simulated React Native",
    remedy: "install Node.js 20 or later, then in tests/hosts/rn/host `npm ci` and `npm run download`",
    present: || {
        let modules = folder(RN).join("node_modules");
        let there = |path: &str| modules.join(path).join("package.json").exists();
        Ok(all_present(&folder(RN))? && RN_SOURCES.iter().all(|path| there(path)))
    },
    install: || {
        if !all_present(&folder(RN))? {
            install(RN)?;
        }
        Program::new("npm")
            .args(["run", "--silent", "--prefix", RN, "download"])
            .run()
    },
};

fn folder(path: &str) -> PathBuf {
    repository::root().join(path)
}

fn install(path: &str) -> Result<()> {
    let (works, said) = Program::new("node").arg("--version").probe()?;
    ensure!(works, "node does not run: {said}");
    Program::new("npm")
        .args(["ci", "--no-progress", "--prefix"])
        .arg(folder(path))
        .run()
}

/// Whether every package is there in the version that is asked for.
fn all_present(folder: &Path) -> Result<bool> {
    let manifest = json(&folder.join("package.json"))?;
    let named = |kind: &str| manifest[kind].as_object().cloned().unwrap_or_default();
    let mut wanted = named("dependencies");
    wanted.extend(named("devDependencies"));
    ensure!(!wanted.is_empty(), "package.json names no package");
    Ok(wanted.iter().all(|(name, version)| {
        let installed = folder.join("node_modules").join(name);
        let version = version.as_str().map(exact).unwrap_or_default();
        json(&installed.join("package.json")).is_ok_and(|found| found["version"] == version)
    }))
}

/// The version, also of a package under another name: `npm:@a/b@1.2.3`.
fn exact(version: &str) -> &str {
    match version.strip_prefix("npm:") {
        Some(package) => package.rsplit('@').next().unwrap_or_default(),
        None => version,
    }
}

fn json(path: &Path) -> Result<Value> {
    let text = repository::read(path)?;
    serde_json::from_str(&text).with_context(|| path.display().to_string())
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn another_version_is_missing() {
        let folder = tempfile::tempdir().unwrap();
        let write = |path: &str, text: &str| {
            let path = folder.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        };
        write("package.json", r#"{"devDependencies":{"@a/b":"1.2.3"}}"#);
        assert_eq!(
            (exact("1.2.3"), exact("npm:@a/c@1.2.3")),
            ("1.2.3", "1.2.3")
        );
        assert!(!all_present(folder.path()).unwrap());
        let installed = "node_modules/@a/b/package.json";
        write(installed, r#"{"version":"1.2.4"}"#);
        assert!(!all_present(folder.path()).unwrap());
        write(installed, r#"{"version":"1.2.3"}"#);
        assert!(all_present(folder.path()).unwrap());
    }

    #[test]
    fn versions_are_exact_and_the_lock_file_has_no_addresses() {
        for path in [TOOLS, HOSTS, RN, HERMES, DUPLICATES] {
            let manifest = json(&folder(path).join("package.json")).unwrap();
            let wanted = manifest["devDependencies"].as_object().unwrap();
            for (name, version) in wanted {
                let version = exact(version.as_str().unwrap());
                assert!(version.starts_with(|c: char| c.is_ascii_digit()), "{name}");
            }
            let lock = repository::read(&folder(path).join("package-lock.json")).unwrap();
            assert!(!lock.contains("\"resolved\""), "{path}");
        }
    }
}
