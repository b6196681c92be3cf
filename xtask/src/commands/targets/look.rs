//! One target: its standard library, a check, and the tests that can be run.

use anyhow::{Context as _, Result};

use super::compiler::Compiler;
use super::report::{Found, Verdict};
use super::standard_library;
use super::target::{Target, Tests};
use crate::commands::setup::{self, qemu};
use crate::process::Program;
use crate::repository;
use crate::steps::{Counts, count};

const FACADE: &str = "taro-socket";
const ADAPTER: &str = "taro-socket-native";

/// Warnings too: each system has code of its own.
const FLAGS: &str = "-D warnings";

/// With the crates that the standard library of musl brings, no linker of the target is needed.
const LINKING: &str = "-D warnings -C link-self-contained=yes";

/// Without a C compiler there is no TLS.
pub fn at(target: &Target, compiler: Option<&Compiler>) -> Found {
    let library = match standard_library::provide(target.name) {
        Ok(how) => how,
        Err(why) => return Found::without_library(&why),
    };
    let cargo = Cargo { target, compiler };
    Found {
        library,
        features: cargo.features(),
        verdict: cargo.verdict(),
    }
}

struct Cargo<'a> {
    target: &'a Target,
    compiler: Option<&'a Compiler>,
}

impl Cargo<'_> {
    fn features(&self) -> &'static str {
        match self.compiler {
            Some(_) => "default",
            None => "native, without TLS: no C compiler",
        }
    }

    fn verdict(&self) -> Verdict {
        if let Err(error) = self.check() {
            return Verdict::Failed(format!("{error:#}"));
        }
        if self.target.tests == Tests::No {
            return Verdict::Checked;
        }
        if self.compiler.is_none() {
            return Verdict::Untested("tests need a C compiler".to_owned());
        }
        if self.target.tests == Tests::Emulated
            && let Err(why) = setup::for_emulating()
        {
            return Verdict::Untested(format!("{why:#}"));
        }
        let mut counts = Counts::default();
        match self.test(&mut counts) {
            Ok(()) => Verdict::Ran(counts.passed),
            Err(error) => Verdict::Failed(format!("{error:#}")),
        }
    }

    fn check(&self) -> Result<()> {
        let packages = ["--package", FACADE, "--package", ADAPTER];
        let check = self.cargo(&["check", "--quiet"]).args(packages);
        match self.compiler {
            Some(_) => check.run(),
            None => check
                .args(["--no-default-features", "--features"])
                .arg(format!("{FACADE}/native"))
                .run(),
        }
    }

    /// The adapter's unit tests.
    fn test(&self, counts: &mut Counts) -> Result<()> {
        self.cargo(&["test", "--lib", "--package", ADAPTER])
            .each_line(|line| *counts += count(line))
            .context("tests")?;
        anyhow::ensure!(counts.passed > 0, "no tests were run");
        Ok(())
    }

    /// In a folder of its own: the flags make other builds.
    fn cargo(&self, args: &[&str]) -> Program {
        let Target { name, tests, .. } = self.target;
        let mut cargo = Program::cargo()
            .args(args.iter().copied())
            .args(["--target", name])
            .env("CARGO_TARGET_DIR", repository::target().join("targets"));
        for (name, value) in self
            .compiler
            .iter()
            .flat_map(|it| it.variables(self.target))
        {
            cargo = cargo.env(&name, value);
        }
        if *tests == Tests::No {
            return cargo.env("RUSTFLAGS", FLAGS);
        }
        let variable = format!("CARGO_TARGET_{}", self.target.underscored().to_uppercase());
        cargo = cargo
            .env("RUSTFLAGS", LINKING)
            .env(&format!("{variable}_LINKER"), "rust-lld");
        match tests {
            Tests::Emulated => cargo.env(&format!("{variable}_RUNNER"), qemu::PROGRAM),
            Tests::Here | Tests::No => cargo,
        }
    }
}
