//! clippy, on both targets.

use anyhow::Result;

use crate::process::Program;

pub fn lints() -> Result<()> {
    Program::cargo()
        .args([
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
    Program::cargo()
        .args(["clippy", "--quiet", "--target", "wasm32-unknown-unknown"])
        .args(packages)
        .args(["--package", "taro-socket-size-*", "--package", PAGE])
        .args(["--features", &clients.collect::<Vec<_>>().join(",")])
        .args(["--", "-D", "warnings"])
        .run()
}

/// Measured clients, and the features that they are.
const PAGE: &str = "taro-socket-bench-h5-page";
const CLIENTS: &[&str] = &["ewebsock", "gloo-net", "taro-socket", "ws-stream-wasm"];

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
