//! `test`: everything, in order, with a summary.

use std::process::ExitCode;

use anyhow::{Context as _, Result};
use taro_socket_report::platform;

use super::{
    bench, conformance, duplicates, features, matrix, msrv, parity, setup, size, tidy, web_test,
};
use crate::process::Program;
use crate::repository;
use crate::steps::{Counts, Steps, count};

/// Runs everything: set-up, formatting, lints, tests, features, conformance, tidy, matrix, minimum Rust version, documentation.
pub fn run() -> ExitCode {
    let mut steps = Steps::default();
    steps.run("setup", |_| setup::run(setup::Args::default()));
    steps.run("formatting", |_| cargo(&["fmt", "--all", "--check"]).run());
    steps.run("lints", |_| lints());
    steps.run("tests", |counts| tests(&["test", "--no-fail-fast"], counts));
    steps.run("tests of interleavings", |counts| {
        // Of their own, since locks are the explorer's in the whole build.
        tests(&["test", "--package", "taro-socket-interleavings"], counts)?;
        let native = ["test", "--package", "taro-socket-native", "--lib"];
        let explored = ["--features", "interleavings", "queue::interleavings"];
        tests(&[&native[..], &explored[..]].concat(), counts)
    });
    steps.run("tests of xtask", |counts| {
        tests(&["test", "--no-fail-fast", "--package", "xtask"], counts)
    });
    steps.run("tests of the browsers' packages", |counts| {
        let packages = BROWSER_PACKAGES
            .iter()
            .flat_map(|&name| ["--package", name]);
        let args = ["test", "--no-fail-fast"].into_iter().chain(packages);
        tests(&args.collect::<Vec<_>>(), counts)
    });
    steps.run("tests in browsers", web_test::all);
    for (name, folder) in HOSTS {
        steps.run(&format!("simulated {name}: types"), |_| {
            npm_run(folder, "check").run()
        });
        steps.run(&format!("simulated {name}: tests"), |counts| {
            hosts(folder, counts)
        });
    }
    hosts_of_the_suite(&mut steps);
    steps.run(
        "size: every client echoes, none is larger than its page says",
        |_| size::check(),
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
    msrv::step(&mut steps);
    steps.run("documentation", |_| documentation());
    let outcome = steps.conclude();
    if let Err(error) = &outcome {
        println!("{error:#}");
    }
    // The last line of all, for programs that read it.
    let Counts { passed, failed } = steps.counts();
    println!("{passed} passed, {failed} failed");
    ExitCode::from(u8::from(outcome.is_err()))
}

/// The suite on every platform, its own test, and many connections in a row.
fn hosts_of_the_suite(steps: &mut Steps) {
    for entry in conformance::existing_platforms() {
        let name = format!("conformance: {}", entry.key);
        steps.run(&name, |counts| conformance::compare(entry, counts));
    }
    steps.run("conformance: self-test", conformance::self_test);
    steps.run("1000 connections in a page leave nothing", |_| soak());
    for (platform, variant, form) in SOAKED {
        let name = format!("1000 connections on {platform} leave nothing");
        steps.run(&name, |_| simulated_soak(platform, variant, form));
    }
}

/// What is empty off the browser's target is documented on that target.
fn documentation() -> Result<()> {
    let only = EMPTY_ELSEWHERE.iter();
    let excluded = only.clone().flat_map(|&name| ["--exclude", name]);
    let packages = only.flat_map(|&name| ["--package", name]);
    let doc = || cargo(&["doc", "--no-deps", "--quiet"]).env("RUSTDOCFLAGS", "-D warnings");
    doc().arg("--workspace").args(excluded).run()?;
    doc()
        .args(["--target", "wasm32-unknown-unknown"])
        .args(packages)
        .run()
}

/// Simulated hosts, and the folders of their packages.
const HOSTS: [(&str, &str); 2] = [
    ("mini-programs", "tests/hosts/mini/host"),
    ("React Native", "tests/hosts/rn/host"),
];

fn npm_run(folder: &str, script: &str) -> Program {
    Program::new("npm").args(["run", "--silent", "--prefix", folder, script])
}

/// The hosts' own tests; Node.js tells `# pass 92` and `# fail 0`.
fn hosts(folder: &str, counts: &mut Counts) -> Result<()> {
    npm_run(folder, "test").each_line(|line| {
        let number = |word| line.strip_prefix(word)?.trim().parse::<usize>().ok();
        counts.passed += number("# pass ")
            .or_else(|| number("ℹ pass "))
            .unwrap_or_default();
        counts.failed += number("# fail ")
            .or_else(|| number("ℹ fail "))
            .unwrap_or_default();
    })
}

fn soak() -> Result<()> {
    cargo(&["run", "--quiet", "--package", "taro-socket-host-h5", "--"])
        .args(["--soak", "1000"])
        .run()
}

/// Simulated hosts in which many connections are made.
const SOAKED: [(&str, &str, &str); 4] = [
    ("weapp", "android", "wasm"),
    ("alipay", "base64", "js"),
    ("rn", "android-88", "js"),
    // Here binary messages are worth nothing unless they go as base64, which is checked as well.
    ("swan", "text-binary", "js"),
];

fn simulated_soak(key: &str, variant: &str, form: &str) -> Result<()> {
    let entry = platform(key).context("no such platform")?;
    // By it the program finds the page that it has packed before.
    let fingerprint = conformance::current_fingerprint(&repository::root(), entry)?;
    let mut host = cargo(&["run", "--quiet", "--package", &entry.host_package(), "--"]);
    if entry.host != entry.key {
        // One program runs several platforms.
        host = host.args(["--platform", key]);
    }
    host.args(["--variant", variant, "--form", form])
        .args(["--soak", "1000", "--fingerprint", &fingerprint])
        .run()
}

fn cargo(args: &[&str]) -> Program {
    Program::cargo().args(args.iter().copied())
}

/// What drives browsers, or packs.
const BROWSER_PACKAGES: &[&str] = &[
    "taro-socket-pack",
    "taro-socket-web",
    "taro-socket-size",
    "taro-socket-bench-h5",
    "taro-socket-demo-host",
    "taro-socket-hosts",
    "taro-socket-host-device",
];

/// Measured clients, and the features that they are.
const PAGE: &str = "taro-socket-bench-h5-page";
const CLIENTS: &[&str] = &["ewebsock", "gloo-net", "taro-socket", "ws-stream-wasm"];

/// Libraries that have nothing in them elsewhere.
const EMPTY_ELSEWHERE: &[&str] = &[
    "taro-socket-alipay",
    "taro-socket-bench-hermes",
    "taro-socket-fake-host",
    "taro-socket-h5",
    "taro-socket-host-js",
    "taro-socket-mini",
    "taro-socket-rn",
    "taro-socket-swan",
    "taro-socket-template-mini",
    "taro-socket-weapp",
];

/// What is also, or only, built for the browser's target.
const WASM_PACKAGES: &[&str] = &[
    "taro-socket",
    "taro-socket-alipay",
    "taro-socket-api",
    "taro-socket-bench-hermes",
    "taro-socket-demo",
    "taro-socket-fake-host",
    "taro-socket-h5",
    "taro-socket-host-h5-page",
    "taro-socket-host-js",
    "taro-socket-host-mini-page",
    "taro-socket-host-rn-page",
    "taro-socket-js",
    "taro-socket-mini",
    "taro-socket-rn",
    "taro-socket-swan",
    "taro-socket-taro-h5",
    "taro-socket-template-mini",
    "taro-socket-weapp",
];

fn lints() -> Result<()> {
    cargo(&[
        "clippy",
        "--quiet",
        "--workspace",
        "--all-targets",
        "--",
        "-D",
        "warnings",
    ])
    .run()?;
    let packages = WASM_PACKAGES.iter().flat_map(|&name| ["--package", name]);
    let clients = CLIENTS.iter().map(|name| format!("{PAGE}/{name}"));
    cargo(&["clippy", "--quiet", "--target", "wasm32-unknown-unknown"])
        .args(packages)
        .args(["--package", "taro-socket-size-*", "--package", PAGE])
        .args(["--features", &clients.collect::<Vec<_>>().join(",")])
        .args(["--", "-D", "warnings"])
        .run()
}

fn tests(args: &[&str], counts: &mut Counts) -> Result<()> {
    cargo(args).each_line(|line| *counts += count(line))
}
