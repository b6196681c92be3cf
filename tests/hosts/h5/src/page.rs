//! The folder that is served: the page, its module, and Taro's code.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use taro_socket_web::{Glue, Package, Profile, bindgen, build};
use tempfile::TempDir;

const FILES: [&str; 5] = ["index.html", "start.js", "worker.js", "run.js", "live.js"];

/// Builds the page; with `taro` also Taro's own `connectSocket`.
pub(crate) fn make(taro: bool) -> Result<TempDir> {
    let folder = tempfile::tempdir()?;
    let sources = Path::new(env!("CARGO_MANIFEST_DIR")).join("page");
    for name in FILES {
        fs::copy(sources.join(name), folder.path().join(name)).context(name)?;
    }
    println!("building the page");
    let wasm = build(&Package {
        package: "taro-socket-host-h5-page",
        profile: Profile::Dev,
        features: &[],
    })?;
    bindgen(&wasm, &folder.path().join("pkg"), "host", Glue::Web)?;
    if taro {
        bundle(&folder.path().join("taro.js"))?;
    }
    Ok(folder)
}

/// Taro's file with what it imports, from the packages that its lock file names.
fn bundle(out: &Path) -> Result<()> {
    let folder = root().join("tests/taro-h5");
    let lock = folder.join("node_modules/.package-lock.json");
    if !lock.exists() {
        println!("installing @tarojs/taro-h5");
        duct::cmd!(
            "npm",
            "ci",
            "--ignore-scripts",
            "--no-audit",
            "--no-fund",
            "--omit=peer"
        )
        .dir(&folder)
        .stdout_to_stderr()
        .run()
        .context("npm ci in tests/taro-h5")?;
    }
    let esbuild = root().join("tests/web/node_modules/.bin/esbuild");
    let outfile = format!("--outfile={}", out.display());
    duct::cmd!(
        esbuild,
        "entry.js",
        "--bundle",
        "--format=esm",
        "--log-level=error",
        outfile
    )
    .dir(&folder)
    .run()
    .context("esbuild: run `cargo xtask setup`")?;
    Ok(())
}

/// Version of the `@tarojs/taro-h5` that is bundled.
pub(crate) fn taro_version() -> Result<String> {
    let path = root().join("tests/taro-h5/node_modules/@tarojs/taro-h5/package.json");
    let text = fs::read_to_string(&path).with_context(|| path.display().to_string())?;
    let package: serde_json::Value = serde_json::from_str(&text)?;
    let version = package.get("version").and_then(serde_json::Value::as_str);
    Ok(version
        .context("no version in Taro's package.json")?
        .to_owned())
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../..")
}
