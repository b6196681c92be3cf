//! `tidy`: rules of the repository that no compiler checks.

mod adapters;
mod decisions;
mod documents;
mod graph;
mod machine_paths;
mod manifests;
mod protocol;
mod sources;
mod target_cfg;
mod tree;
mod words;

use std::path::Path;

use anyhow::Result;

use self::tree::Tree;
use crate::findings::Findings;
use crate::repository;

/// Rules that look at files alone.
const FILE_RULES: &[fn(&Tree, &mut Findings)] = &[
    adapters::check,
    decisions::check,
    documents::check,
    machine_paths::check,
    manifests::check,
    protocol::check,
    sources::check,
    target_cfg::check,
    words::check,
];

pub fn run() -> Result<()> {
    let findings = check(&repository::root())?;
    if findings.errors().is_empty() {
        println!(
            "  {} rules of files and those of the crate graph are kept",
            FILE_RULES.len()
        );
    }
    findings.conclude()
}

/// Everything that is against a rule.
fn check(root: &Path) -> Result<Findings> {
    let tree = Tree::read(root)?;
    let mut findings = Findings::default();
    for rule in FILE_RULES {
        rule(&tree, &mut findings);
    }
    findings.extend(graph::check(&graph::Graph::read(root)?));
    Ok(findings)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `cargo test -p xtask` finds what `cargo xtask tidy` finds.
    #[test]
    fn the_repository_is_tidy() {
        let findings = check(&repository::root()).unwrap();
        assert!(findings.errors().is_empty(), "{:#?}", findings.errors());
    }
}
