//! The mini-program, and what it runs in.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result, ensure};
use taro_socket_pack::{Options, pack_kept};

use crate::cli::{Cli, Form};

/// The packed page; for a run with a fingerprint it is kept for the other variants of the platform.
pub(crate) fn make(cli: &Cli, scratch: &Path) -> Result<PathBuf> {
    let modules = host_folder().join("node_modules");
    ensure!(
        modules.join("ws").exists(),
        "the packages of the simulated hosts are missing: run `cargo xtask setup`"
    );
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("page");
    let mut options = Options::new(cli.platform.target(), page);
    options.form = match cli.form {
        Form::Wasm => taro_socket_pack::Form::Wasm,
        Form::Js => taro_socket_pack::Form::Js,
    };
    pack_kept(&options, &cli.run.fingerprint, scratch).context("the page cannot be packed")
}

/// Where the simulated hosts are.
pub(crate) fn host_folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("host")
}

pub(crate) fn node_version() -> Result<String> {
    let output = Command::new("node").arg("--version").output();
    let output = output.context("node is missing; see `cargo xtask setup`")?;
    Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// Version of the npm package under the simulated hosts.
pub(crate) fn ws_version() -> Result<String> {
    let path = host_folder().join("node_modules/ws/package.json");
    let text = fs::read_to_string(&path).with_context(|| path.display().to_string())?;
    let package: serde_json::Value = serde_json::from_str(&text)?;
    let version = package.get("version").and_then(serde_json::Value::as_str);
    Ok(version
        .context("no version in ws's package.json")?
        .to_owned())
}
