//! `test`: everything, in order, with a summary.

mod build;
mod documentation;
mod hosts;
mod lints;
mod runs;
mod soak;

use std::process::ExitCode;

use self::build::TestProgram;
use super::{
    bench, conformance, duplicates, features, matrix, msrv, parity, setup, size, targets, tidy,
    web_test,
};
use crate::ahead;
use crate::process::Program;
use crate::steps::{Counts, Steps};

/// Runs everything: set-up, formatting, lints, tests, features, conformance, tidy, matrix, minimum Rust version, a target of phones, documentation.
pub fn run() -> ExitCode {
    let mut steps = Steps::default();
    steps.run("setup", |_| setup::run(setup::Args::default()));
    steps.run("formatting", |_| {
        Program::cargo().args(["fmt", "--all", "--check"]).run()
    });
    steps.run("lints", |_| lints::lints());
    tests_of_rust(&mut steps);
    let [weighed, lowest, targeted] = ahead::start([size::BUILDS, &["msrv"], targets::CHECK]);
    steps.run("tests in browsers", web_test::all);
    hosts::all(&mut steps);
    for entry in conformance::existing_platforms() {
        let name = format!("conformance: {}", entry.key);
        steps.run(&name, |counts| conformance::compare(entry, counts));
    }
    steps.run("conformance: self-test", conformance::self_test);
    soak::all(&mut steps);
    steps.run(
        "size: every client echoes, none is larger than its page says",
        |_| size::check(weighed),
    );
    steps.run("bench: clients in a browser, quick", |_| bench::smoke());
    steps.run("bench: React Native in Hermes, quick", |_| {
        bench::hermes_smoke()
    });
    steps.run("tidy", |_| tidy::run());
    steps.run("duplicates", |_| duplicates::run());
    steps.run("matrix", |_| matrix::run(matrix::Args { check: true }));
    steps.run("parity", |_| parity::run(parity::Args { check: true }));
    steps.run("features", features::all);
    msrv::step(&mut steps, lowest);
    targets::step(&mut steps, targeted);
    steps.run("documentation", |_| documentation::documentation());
    conclude(&steps)
}

/// Those without set-up, then those of what drives browsers or packs.
fn tests_of_rust(steps: &mut Steps) {
    let mut built = Vec::new();
    let mut packages = Vec::new();
    steps.run("build of tests and programs", |_| {
        packages = build::packages()?;
        built = build::together(&packages)?;
        Ok(())
    });
    let drives = |test: &&TestProgram| build::DRIVING.contains(&&*test.package);
    let (driving, others): (Vec<_>, Vec<_>) = built.iter().partition(drives);
    steps.run("tests", |counts| {
        let ended = runs::one_by_one(&others, counts);
        let documented = runs::documented(&packages, counts);
        ended.and(documented)
    });
    steps.run("tests of interleavings", |counts| {
        // Of their own, since locks are the explorer's in the whole build.
        let package = "taro-socket-interleavings";
        runs::cargo(&["test", "--package", package], counts)?;
        let native = ["test", "--package", "taro-socket-native", "--lib"];
        let explored = ["--features", "interleavings", "queue::interleavings"];
        runs::cargo(&[&native[..], &explored[..]].concat(), counts)
    });
    steps.run("tests of xtask", |counts| {
        runs::cargo(&["test", "--no-fail-fast", "--package", "xtask"], counts)
    });
    steps.run("tests of the browsers' packages", |counts| {
        runs::in_pairs(&driving, counts)
    });
}

fn conclude(steps: &Steps) -> ExitCode {
    let outcome = steps.conclude();
    if let Err(error) = &outcome {
        println!("{error:#}");
    }
    // The last line of all, for programs that read it.
    let Counts { passed, failed } = steps.counts();
    println!("{passed} passed, {failed} failed");
    ExitCode::from(u8::from(outcome.is_err()))
}
