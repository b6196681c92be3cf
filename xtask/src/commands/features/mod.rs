//! `features`: each feature of the facade alone, none and all, on both targets,
//! and what each brings in.

mod lowest;
mod selection;
mod trees;

use anyhow::{Result, ensure};

use self::selection::{Facade, Target};
use crate::process::Program;
use crate::repository;
use crate::steps::{Counts, Steps};

pub fn run() -> Result<()> {
    all(&mut Counts::default())
}

/// Runs every check, and counts them.
pub fn all(counts: &mut Counts) -> Result<()> {
    let manifest = repository::read(&repository::root().join("crates/taro-socket/Cargo.toml"))?;
    let facade = Facade::parse(&manifest)?;
    let mut steps = Steps::default();
    for target in [Target::Native, Target::Wasm] {
        for (label, features) in facade.combinations() {
            let name = format!("{label} on {}", target.name());
            steps.run(&name, |_| build(&facade, target, &features));
        }
    }
    steps.run("api on wasm32", |_| {
        check("taro-socket-api", Target::Wasm, &[]).run()
    });
    steps.run("h5 on wasm32 with shared memory", |_| shared_memory());
    steps.run("all on wasm32 with the lowest wasm-bindgen", |_| {
        lowest::check(&facade)
    });
    for features in facade.selections() {
        let name = format!("selection tests with {}", features.join(","));
        steps.run(&name, |_| selection_tests(&features));
    }
    for gate in trees::GATES {
        steps.run(gate.name, |_| gate.check());
    }
    *counts = steps.counts();
    steps.conclude()
}

fn check(package: &str, target: Target, features: &[String]) -> Program {
    let program = Program::cargo().args([
        "check",
        "--quiet",
        "--package",
        package,
        "--no-default-features",
    ]);
    let program = program.args(["--features", &features.join(",")]);
    match target {
        Target::Native => program,
        Target::Wasm => program.args(["--target", "wasm32-unknown-unknown"]),
    }
}

/// Threads on wasm: types that are shared there, and copies instead of views of memory. Linking would need a
/// standard library built for it, so the compiler looks at the sources only.
fn shared_memory() -> Result<()> {
    check("taro-socket", Target::Wasm, &["h5".to_owned()])
        .env("RUSTFLAGS", "-C target-feature=+atomics,+bulk-memory")
        // Other flags make other builds: each keeps its own.
        .env(
            "CARGO_TARGET_DIR",
            repository::target().join("atomics").display().to_string(),
        )
        .run()
}

/// Builds where a platform is selected; otherwise the build must fail and name what to enable.
fn build(facade: &Facade, target: Target, features: &[String]) -> Result<()> {
    let program = check("taro-socket", target, features);
    if facade.selects(target, features) {
        return program.run();
    }
    println!("  $ {} (must fail)", program.line());
    let (success, output) = program.probe()?;
    ensure!(!success, "it builds without a platform");
    let unnamed: Vec<_> = facade
        .backends(target)
        .into_iter()
        .filter(|name| !output.contains(&format!("`{name}`")))
        .collect();
    let told = output.contains("error: taro-socket") && unnamed.is_empty();
    if !told {
        println!("{output}");
    }
    ensure!(
        told,
        "the build fails without the `compile_error!` that names the features to enable {unnamed:?}"
    );
    Ok(())
}

fn selection_tests(features: &[String]) -> Result<()> {
    Program::cargo()
        .args([
            "test",
            "--quiet",
            "--package",
            "taro-socket-features",
            "--no-default-features",
        ])
        .args(["--features", &features.join(",")])
        .run()
}
