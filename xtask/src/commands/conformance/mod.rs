//! `conformance`: the suite on one platform, or the suite's own test.

mod comparison;
mod host;
mod self_test;

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail, ensure};
use taro_socket_report::{PlatformEntry, fingerprint, platform, platforms, write_evidence};

pub use self::comparison::compare;
pub use self::self_test::self_test;

use crate::repository;
use crate::steps::Counts;

/// Runs the conformance suite on a platform and records the evidence.
#[derive(clap::Args, Debug, Default)]
pub struct Args {
    /// weapp, swan, alipay, h5, rn, native or mock.
    #[arg(required_unless_present = "self_test")]
    platform: Option<String>,
    /// Only cases whose identifier contains this; nothing is recorded.
    #[arg(long, value_name = "ID")]
    filter: Option<String>,
    /// Tests the suite itself: each case must catch the faulty mock that it names.
    #[arg(long)]
    self_test: bool,
    /// Seed of the order of the cases; a new one by default.
    #[arg(long, value_name = "N")]
    seed: Option<u64>,
    /// Keeps the recorded evidence as it is.
    #[arg(long)]
    no_record: bool,
    /// h5: only this engine: chromium, firefox or webkit.
    #[arg(long, value_name = "ENGINE")]
    browser: Option<String>,
    /// h5: only pages, or only workers.
    #[arg(long, value_name = "SCOPE")]
    scope: Option<String>,
    /// Mini-programs, rn: only this behaviour of the simulated host.
    #[arg(long, value_name = "NAME")]
    variant: Option<String>,
    /// Mini-programs, rn: only `wasm`, or only plain `js`.
    #[arg(long, value_name = "FORM")]
    form: Option<String>,
    /// h5: Taro's own task instead of ours, in a page of Chromium; see `cargo xtask parity`.
    #[arg(long, conflicts_with_all = ["browser", "scope", "variant", "form"])]
    taro: bool,
}

/// Evidence of Taro's own H5 task.
pub const TARO: &str = "taro-h5.jsonl";

pub fn run(args: &Args) -> Result<()> {
    if args.self_test {
        let key = args.platform.as_deref().unwrap_or(self_test::HOST);
        return self_test::run(existing(key)?, args, &mut Counts::default());
    }
    let entry = existing(args.platform.as_deref().unwrap_or_default())?;
    let files = files(entry, args)?;
    let mut failures = Vec::new();
    for &file in &files {
        let run = host::run(entry, file, args)?;
        // Failures are evidence too: the matrix shows them.
        if args.filter.is_none() && !args.no_record {
            let recorded = recorded_path(file);
            write_evidence(&recorded, &run.evidence)?;
            println!("  recorded in {}", relative(&recorded));
        }
        // What Taro fails is the result, not a failure of ours.
        if let (Err(error), false) = (run.outcome, args.taro) {
            failures.push(format!("{file}: {error:#}"));
        }
    }
    match failures.is_empty() {
        true => Ok(()),
        false => bail!("{}", failures.join("\n")),
    }
}

/// Options that ask for some of a platform's hosts.
const AXES: [&str; 4] = ["browser", "scope", "variant", "form"];

impl Args {
    fn axis(&self, name: &str) -> &Option<String> {
        match name {
            "browser" => &self.browser,
            "scope" => &self.scope,
            "variant" => &self.variant,
            _ => &self.form,
        }
    }
}

/// The evidence files asked for.
fn files(entry: &'static PlatformEntry, args: &Args) -> Result<Vec<&'static str>> {
    if args.taro {
        ensure!(entry.key == "h5", "Taro's own task is one of h5");
        return Ok(vec![TARO]);
    }
    let wanted =
        |asked: &Option<String>, is: &str| asked.as_deref().is_none_or(|asked| asked == is);
    let files: Vec<_> = entry
        .evidence
        .iter()
        .copied()
        .filter(|file| {
            let parts = entry.variant(file);
            let (first, second) = parts.unwrap_or_default();
            AXES.iter().all(|axis| {
                let at = entry.axes.iter().position(|own| own == axis);
                let is = [&first, &second]
                    .get(at.unwrap_or(2))
                    .map_or("", |part| part);
                wanted(args.axis(axis), is)
            })
        })
        .collect();
    ensure!(
        !files.is_empty(),
        "{} has nothing of that kind: there are {}",
        entry.key,
        entry.evidence.join(", ")
    );
    Ok(files)
}

/// The current fingerprint of what a platform's build includes.
pub fn current_fingerprint(root: &Path, entry: &PlatformEntry) -> Result<String> {
    fingerprint(root, &entry.sources()).with_context(|| format!("sources of {}", entry.key))
}

/// Platforms whose adapter is there.
pub fn existing_platforms() -> impl Iterator<Item = &'static PlatformEntry> {
    let root = repository::root();
    platforms().iter().filter(move |entry| entry.exists(&root))
}

fn existing(key: &str) -> Result<&'static PlatformEntry> {
    let keys = || {
        existing_platforms()
            .map(|entry| entry.key)
            .collect::<Vec<_>>()
            .join(", ")
    };
    match platform(key) {
        Some(entry) if entry.exists(&repository::root()) => Ok(entry),
        Some(_) => bail!("{key} has no adapter yet; there are {}", keys()),
        None => bail!("no platform is called {key}; there are {}", keys()),
    }
}

fn recorded_path(file: &str) -> PathBuf {
    repository::root().join("tests/results").join(file)
}

fn relative(path: &Path) -> String {
    path.strip_prefix(repository::root())
        .unwrap_or(path)
        .display()
        .to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_platform_without_adapter_is_named() {
        assert!(
            existing("quickapp")
                .unwrap_err()
                .to_string()
                .contains("no platform")
        );
    }
}
