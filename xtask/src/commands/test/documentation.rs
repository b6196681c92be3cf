//! The documentation, without a warning.

use anyhow::Result;

use crate::process::Program;

/// What is empty off the browser's target is documented on that target.
pub fn documentation() -> Result<()> {
    let only = EMPTY_ELSEWHERE.iter();
    let excluded = only.clone().flat_map(|&name| ["--exclude", name]);
    let packages = only.flat_map(|&name| ["--package", name]);
    let doc = || {
        Program::cargo()
            .args(["doc", "--no-deps", "--quiet"])
            .env("RUSTDOCFLAGS", "-D warnings")
    };
    doc().arg("--workspace").args(excluded).run()?;
    doc()
        .args(["--target", "wasm32-unknown-unknown"])
        .args(packages)
        .run()
}

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
