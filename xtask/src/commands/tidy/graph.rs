//! The invariants of the crate graph.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use anyhow::{Context as _, Result};
use cargo_metadata::{CargoOpt, DependencyKind, Metadata, MetadataCommand};
use taro_socket_report::platforms;

use crate::findings::Findings;

const API: &str = "taro-socket-api";
const FACADE: &str = "taro-socket";
const NATIVE: &str = "taro-socket-native";
const JS: &str = "taro-socket-js";

/// Optional, for a feature that is for a test alone.
const EXPLORER: &str = "shuttle";

/// Packages by name.
#[derive(Debug, Default)]
pub struct Graph {
    packages: BTreeMap<String, Package>,
}

#[derive(Debug, Default)]
struct Package {
    /// Folder from the root; `None` for packages from elsewhere.
    folder: Option<String>,
    /// What it is built from.
    built_from: BTreeSet<String>,
    /// What its tests, examples and benchmarks need besides.
    tested_with: BTreeSet<String>,
}

impl Graph {
    pub fn read(root: &Path) -> Result<Self> {
        let mut command = MetadataCommand::new();
        command
            .manifest_path(root.join("Cargo.toml"))
            .features(CargoOpt::AllFeatures);
        Self::from_metadata(&command.exec().context("cargo metadata")?)
    }

    fn from_metadata(metadata: &Metadata) -> Result<Self> {
        let resolve = metadata
            .resolve
            .as_ref()
            .context("cargo metadata resolved nothing")?;
        let names: BTreeMap<_, _> = metadata
            .packages
            .iter()
            .map(|package| (&package.id, package.name.to_string()))
            .collect();
        let mut graph = Self::default();
        for node in &resolve.nodes {
            let package = &metadata[&node.id];
            let entry = graph.packages.entry(package.name.to_string()).or_default();
            let folder = package
                .manifest_path
                .parent()
                .and_then(|folder| folder.strip_prefix(&metadata.workspace_root).ok());
            entry.folder = folder
                .filter(|_| metadata.workspace_members.contains(&node.id))
                .map(ToString::to_string);
            for dependency in &node.deps {
                let name = names[&dependency.pkg].clone();
                let development =
                    |kind: &cargo_metadata::DepKindInfo| kind.kind == DependencyKind::Development;
                if name == EXPLORER || dependency.dep_kinds.iter().all(development) {
                    entry.tested_with.insert(name);
                } else {
                    entry.built_from.insert(name);
                }
            }
        }
        Ok(graph)
    }

    fn members(&self) -> impl Iterator<Item = (&str, &str, &Package)> {
        let members = self.packages.iter();
        members.filter_map(|(name, package)| {
            Some((name.as_str(), package.folder.as_deref()?, package))
        })
    }

    /// Everything that the package is built from, directly or not.
    fn reach(&self, name: &str) -> BTreeSet<&str> {
        let mut reached = BTreeSet::new();
        let mut open: Vec<&str> = self
            .packages
            .get_key_value(name)
            .map(|(name, _)| name.as_str())
            .into_iter()
            .collect();
        while let Some(next) = open.pop() {
            let direct = self
                .packages
                .get(next)
                .into_iter()
                .flat_map(|package| &package.built_from);
            open.extend(
                direct
                    .map(String::as_str)
                    .filter(|name| reached.insert(*name)),
            );
        }
        reached
    }
}

/// Everything that is against an invariant of `docs/ARCHITECTURE.md`.
pub fn check(graph: &Graph) -> Findings {
    let mut findings = Findings::default();
    for (name, folder, package) in graph.members() {
        let reached = graph.reach(name);
        let is_adapter = |name: &str| platforms().iter().any(|entry| entry.adapter == name);
        let adapters: Vec<_> = reached
            .iter()
            .copied()
            .filter(|other| *other != name && is_adapter(other))
            .collect();
        let own = |other: &&str| {
            graph
                .packages
                .get(*other)
                .is_some_and(|package| package.folder.is_some())
        };
        let mut refuse = |others: &[&str], why: &str| {
            if !others.is_empty() {
                findings.error(format!("{folder} depends on {}: {why}", others.join(", ")));
            }
        };
        if name == API {
            let members: Vec<_> = reached.iter().copied().filter(own).collect();
            refuse(&members, "the api depends on no crate of the workspace");
        }
        if is_adapter(name) {
            refuse(&adapters, "adapters never depend on each other");
        }
        if name == "taro-socket-conformance" || name == "xtask" {
            let tested = package
                .tested_with
                .iter()
                .map(String::as_str)
                .filter(|other| is_adapter(other));
            let all: Vec<_> = adapters.iter().copied().chain(tested).collect();
            refuse(&all, "it knows no adapter");
        }
        // An example is a program, which may use what it likes.
        if folder.starts_with("crates/") && !folder.contains("/examples/") {
            network(name, &reached, &mut refuse);
        }
    }
    findings
}

fn network(name: &str, reached: &BTreeSet<&str>, refuse: &mut impl FnMut(&[&str], &str)) {
    let of = |names: &[&str]| {
        reached
            .iter()
            .copied()
            .filter(|other| names.contains(other))
            .collect::<Vec<_>>()
    };
    if name != NATIVE && name != FACADE {
        refuse(
            &of(&["tokio"]),
            "among the crates only native, and the facade over it, reaches tokio",
        );
    }
    let uses_js = name == JS || name == FACADE || reached.contains(JS);
    if !uses_js && name != NATIVE {
        refuse(
            &of(&["wasm-bindgen"]),
            "only taro-socket-js and its users reach wasm-bindgen",
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Packages with folder, and what they are built from.
    fn graph(packages: &[(&str, &str, &[&str])]) -> Graph {
        let package = |&(name, folder, built_from): &(&str, &str, &[&str])| {
            let folder = (!folder.is_empty()).then(|| folder.to_owned());
            let built_from = built_from.iter().map(|&name| name.to_owned()).collect();
            (
                name.to_owned(),
                Package {
                    folder,
                    built_from,
                    tested_with: BTreeSet::new(),
                },
            )
        };
        Graph {
            packages: packages.iter().map(package).collect(),
        }
    }

    const SOUND: &[(&str, &str, &[&str])] = &[
        (API, "crates/taro-socket-api", &["bytes"]),
        (
            FACADE,
            "crates/taro-socket",
            &[API, NATIVE, "taro-socket-mock"],
        ),
        (NATIVE, "crates/taro-socket-native", &[API, "tokio"]),
        ("taro-socket-mock", "crates/taro-socket-mock", &[API]),
        ("taro-socket-conformance", "tests/conformance", &[API]),
        ("xtask", "xtask", &["clap"]),
        ("tokio", "", &["bytes"]),
        ("bytes", "", &[]),
    ];

    #[track_caller]
    fn planted(name: &str, dependency: &str, text: &str) {
        let mut graph = graph(SOUND);
        assert!(check(&graph).errors().is_empty());
        graph
            .packages
            .get_mut(name)
            .unwrap()
            .built_from
            .insert(dependency.to_owned());
        let found = check(&graph);
        assert!(
            found.errors().iter().any(|error| error.contains(text)),
            "{found:?}"
        );
    }

    #[test]
    fn each_broken_invariant_is_found() {
        planted(API, "taro-socket-conformance", "no crate of the workspace");
        planted("taro-socket-mock", NATIVE, "each other");
        planted("taro-socket-mock", "tokio", "reaches tokio");
        planted(API, "tokio", "reaches tokio");
        planted("taro-socket-mock", "wasm-bindgen", "reach wasm-bindgen");
        planted("taro-socket-conformance", NATIVE, "knows no adapter");
        planted("xtask", "taro-socket-mock", "knows no adapter");
    }

    #[test]
    fn an_example_may_use_what_it_likes() {
        let example = ("demo", "crates/taro-socket/examples/demo", &[FACADE][..]);
        let sound: Vec<_> = SOUND.iter().copied().chain([example]).collect();
        assert!(check(&graph(&sound)).errors().is_empty());
        let elsewhere = ("demo", "crates/demo", &[FACADE][..]);
        let planted: Vec<_> = SOUND.iter().copied().chain([elsewhere]).collect();
        assert_eq!(check(&graph(&planted)).errors().len(), 1);
    }

    #[test]
    fn what_xtask_tests_with_counts_too() {
        let mut graph = graph(SOUND);
        graph
            .packages
            .get_mut("xtask")
            .unwrap()
            .tested_with
            .insert(NATIVE.to_owned());
        assert_eq!(check(&graph).errors().len(), 1);
    }

    #[test]
    fn the_workspace_is_read() {
        let graph = Graph::read(&crate::repository::root()).unwrap();
        assert!(
            graph
                .members()
                .any(|(name, folder, _)| name == "xtask" && folder == "xtask")
        );
        assert!(graph.reach("xtask").contains("clap"));
    }
}
