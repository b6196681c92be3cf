//! `duplicates`: no ten lines stand twice in the adapters of JavaScript hosts.

use anyhow::{Context as _, Result, ensure};
use taro_socket_report::platforms;

use super::setup;
use crate::process::Program;
use crate::repository;

/// Fewest lines, and fewest words and signs, that are too many to stand twice.
const LINES: &str = "10";
const TOKENS: &str = "40";

/// What adapters of JavaScript hosts share; whoever depends on it is one.
const SHARED: &str = "taro-socket-js";

pub fn run() -> Result<()> {
    setup::for_duplicates()?;
    let folders = folders();
    ensure!(
        folders.len() > 1,
        "there is nothing to compare: {folders:?}"
    );
    Program::new(repository::root().join("xtask/duplicates/node_modules/.bin/jscpd"))
        .args(["--min-lines", LINES, "--min-tokens", TOKENS])
        .args(["--format", "rust", "--reporters", "console"])
        .args(["--noTips", "--exitCode", "1"])
        .args(folders)
        .run()
        .context("what is needed twice is written once")
}

/// Sources of the adapters, and of what some of them share.
fn folders() -> Vec<String> {
    let mut names: Vec<_> = platforms().iter().map(|entry| entry.adapter).collect();
    names.extend([SHARED, "taro-socket-mini"]);
    names.sort_unstable();
    names.dedup();
    let manifest = |name: &str| format!("crates/{name}/Cargo.toml");
    let read = |name: &str| repository::read(&repository::root().join(manifest(name)));
    let is_one = |name: &&str| read(name).is_ok_and(|text| text.contains(SHARED));
    let found = names.into_iter().filter(is_one);
    found.map(|name| format!("crates/{name}/src")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn adapters_of_javascript_hosts_are_compared() {
        let folders = folders();
        for name in ["js", "h5", "rn", "mini", "weapp", "alipay", "swan"] {
            let folder = format!("crates/taro-socket-{name}/src");
            assert!(folders.contains(&folder), "{folder}");
        }
        assert_eq!(folders.len(), 7, "{folders:?}");
    }
}
