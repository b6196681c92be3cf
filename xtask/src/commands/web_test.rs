//! `web-test`: the wasm tests of a package, in browsers.

use anyhow::{Result, ensure};
use cargo_metadata::{MetadataCommand, Package};
use clap::ValueEnum;

use crate::process::Program;
use crate::steps::{Counts, Steps, count};
use crate::{programs, repository};

/// The cargo runner of wasm tests.
const RUNNER: &str = "taro-socket-web";
const ENGINES: [&str; 3] = ["chromium", "firefox", "webkit"];
const SCOPES: [&str; 4] = ["page", "worker", "shared-worker", "service-worker"];

/// Packages whose tests look at values of JavaScript alone: one engine is as good as all.
const ANYWHERE: [&str; 5] = [
    "taro-socket-alipay",
    "taro-socket-mini",
    "taro-socket-rn",
    "taro-socket-swan",
    "taro-socket-weapp",
];

/// Runs the `#[wasm_bindgen_test]`s of packages in browsers.
#[derive(clap::Args, Debug, Default)]
pub struct Args {
    /// Names of packages; all that have such tests by default.
    packages: Vec<String>,
    #[arg(long, value_enum, default_value_t)]
    browser: Browser,
    #[arg(long, value_enum, default_value_t)]
    scope: Scope,
    /// Only tests whose name contains this.
    #[arg(long, value_name = "NAME")]
    filter: Option<String>,
}

#[derive(Clone, Copy, Debug, Default, ValueEnum)]
enum Browser {
    Chromium,
    Firefox,
    Webkit,
    #[default]
    All,
}

#[derive(Clone, Copy, Debug, Default, ValueEnum)]
enum Scope {
    Page,
    Worker,
    SharedWorker,
    ServiceWorker,
    #[default]
    All,
}

pub fn run(args: &Args) -> Result<()> {
    sweep(args, &mut Counts::default())
}

/// Every package with such tests, in every engine and scope.
pub fn all(counts: &mut Counts) -> Result<()> {
    sweep(&Args::default(), counts)
}

fn sweep(args: &Args, counts: &mut Counts) -> Result<()> {
    let engines = match args.browser {
        Browser::Chromium => &ENGINES[..1],
        Browser::Firefox => &ENGINES[1..2],
        Browser::Webkit => &ENGINES[2..],
        Browser::All => &ENGINES[..],
    };
    let scopes = match args.scope {
        Scope::Page => &SCOPES[..1],
        Scope::Worker => &SCOPES[1..2],
        Scope::SharedWorker => &SCOPES[2..3],
        Scope::ServiceWorker => &SCOPES[3..],
        Scope::All => &SCOPES[..],
    };
    let packages = if args.packages.is_empty() {
        with_tests()?
    } else {
        args.packages.clone()
    };
    programs::quick(RUNNER)?;
    let mut steps = Steps::default();
    for package in &packages {
        let anywhere = args.packages.is_empty() && ANYWHERE.contains(&package.as_str());
        let few = |all: &'static [&'static str]| if anywhere { &all[..1] } else { all };
        for engine in few(engines) {
            for scope in few(scopes) {
                steps.run(&format!("{package}: {engine}, {scope}"), |counts| {
                    let filter = args.filter.as_deref();
                    tests(package, engine, scope, filter, counts)
                });
            }
        }
    }
    *counts = steps.counts();
    steps.conclude()
}

/// Packages that name the crate of such tests.
fn with_tests() -> Result<Vec<String>> {
    let metadata = MetadataCommand::new()
        .current_dir(repository::root())
        .no_deps()
        .exec()?;
    let uses = |package: &&Package| {
        let mut names = package.dependencies.iter().map(|to| &to.name);
        names.any(|name| name == "wasm-bindgen-test")
    };
    let packages = metadata.workspace_packages();
    let packages = packages.into_iter().filter(uses);
    let names: Vec<_> = packages.map(|package| package.name.to_string()).collect();
    ensure!(!names.is_empty(), "no package has wasm tests");
    Ok(names)
}

fn tests(
    package: &str,
    engine: &str,
    scope: &str,
    filter: Option<&str>,
    counts: &mut Counts,
) -> Result<()> {
    let runner = repository::target().join("debug").join(RUNNER);
    let cargo = Program::cargo()
        .args(["test", "--target", "wasm32-unknown-unknown", "--tests"])
        .args(["--package", package])
        .args(filter)
        .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER", runner)
        .env("TARO_SOCKET_WEB_ENGINE", engine)
        .env("TARO_SOCKET_WEB_SCOPE", scope);
    cargo.each_line(|line| *counts += count(line))?;
    ensure!(*counts != Counts::default(), "no test ran");
    Ok(())
}
