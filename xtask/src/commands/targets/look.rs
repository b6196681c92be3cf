//! One target: its standard library, a check, and the tests that can be run.

use std::env::consts;

use anyhow::{Context as _, Error, Result, ensure};

use super::compiler::Compiler;
use super::report::{Found, Verdict};
use super::standard_library;
use super::target::{Target, Tests};
use super::wine;
use crate::commands::setup::{self, qemu, wine as wine_program};
use crate::process::Program;
use crate::repository;
use crate::steps::{Counts, count};

const FACADE: &str = "taro-socket";
const ADAPTER: &str = "taro-socket-native";

/// Warnings too: each system has code of its own.
const FLAGS: &str = "-D warnings";

/// With what the standard library of musl brings, no linker of the target is needed.
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

/// The table has the short form of what was printed before.
fn failed(error: &Error) -> Verdict {
    println!("  failed: {error:#}");
    Verdict::Failed(error.to_string())
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
            return failed(&error);
        }
        if self.target.tests == Tests::No {
            return Verdict::Checked;
        }
        if let Err(why) = self.prepare_tests() {
            return Verdict::Untested(format!("{why:#}"));
        }
        let mut counts = Counts::default();
        match self.test(&mut counts) {
            Ok(()) => Verdict::Ran(counts.passed),
            Err(error) => failed(&error),
        }
    }

    /// Provides what runs the tests.
    fn prepare_tests(&self) -> Result<()> {
        let compiler = self.compiler.context("no C compiler")?;
        match self.target.tests {
            Tests::No => Ok(()),
            Tests::Here => {
                let here = (consts::OS, consts::ARCH) == ("linux", "x86_64");
                ensure!(here, "this is no Linux on x86_64");
                Ok(())
            }
            Tests::Emulated => setup::for_other_processors(),
            Tests::Wine => {
                setup::for_windows()?;
                wine::prepare(compiler, self.target)
            }
        }
    }

    fn check(&self) -> Result<()> {
        let packages = ["--package", FACADE, "--package", ADAPTER];
        let check = self.cargo(&["check", "--quiet"]).args(packages);
        let check = match self.compiler {
            Some(_) => check,
            None => check
                .args(["--no-default-features", "--features"])
                .arg(format!("{FACADE}/native")),
        };
        check.run().context("it does not compile")
    }

    /// The adapter's unit tests.
    fn test(&self, counts: &mut Counts) -> Result<()> {
        self.cargo(&["test", "--lib", "--package", ADAPTER])
            .each_line(|line| *counts += count(line))
            .context("not all tests pass")?;
        ensure!(counts.passed > 0, "no tests were run");
        Ok(())
    }

    /// In a folder of its own: the flags make other builds.
    fn cargo(&self, args: &[&str]) -> Program {
        let variables = self.compiler.iter();
        let variables = variables.flat_map(|it| it.variables(self.target));
        let cargo = Program::cargo()
            .args(args.iter().copied())
            .args(["--target", self.target.name])
            .env("CARGO_TARGET_DIR", repository::target().join("targets"))
            // Mostly it is run once: what serves debugging and further runs costs more than it saves.
            .env("CARGO_PROFILE_DEV_DEBUG", "0")
            .env("CARGO_INCREMENTAL", "0");
        let cargo = variables.fold(cargo, |cargo, (name, value)| cargo.env(&name, value));
        let variable = |of: &str| {
            let name = self.target.underscored().to_uppercase();
            format!("CARGO_TARGET_{name}_{of}")
        };
        match self.target.tests {
            Tests::No => cargo.env("RUSTFLAGS", FLAGS),
            Tests::Here => cargo
                .env("RUSTFLAGS", LINKING)
                .env(&variable("LINKER"), "rust-lld"),
            Tests::Emulated => cargo
                .env("RUSTFLAGS", LINKING)
                .env(&variable("LINKER"), "rust-lld")
                .env(&variable("RUNNER"), qemu::PROGRAM),
            Tests::Wine => wine::with_variables(cargo)
                .env("RUSTFLAGS", FLAGS)
                .env(&variable("RUNNER"), wine_program::PROGRAM),
        }
    }
}
