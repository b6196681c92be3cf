//! The project that a vendor's tool opens, or that is copied into an app.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use serde_json::json;
use taro_socket_pack::{Form, Options, pack_kept};

use crate::DevicePlatform;

/// Where the packed page is in the project. A package on a phone may have 2 MB: only what is loaded goes there.
const FOLDER: &str = "lib/suite";
const MODULE: &str = "suite.wasm";

/// Writes the project into `folder`; what a tool has left there stays. `server` is the control channel's origin;
/// by the fingerprint of the sources a page is found that was packed before.
///
/// # Errors
///
/// When the page cannot be packed or a file cannot be written.
pub fn make(
    platform: &DevicePlatform,
    form: Option<Form>,
    fingerprint: &str,
    server: &str,
    folder: &Path,
) -> Result<()> {
    let root = root();
    for (from, to) in platform.files {
        copy(&root.join(platform.sources).join(from), &folder.join(to))?;
    }
    let scratch = tempfile::tempdir()?;
    let mut options = Options::new(platform.target, root.join(platform.page));
    options.form = form.unwrap_or(options.form);
    let package = pack_kept(&options, fingerprint, scratch.path());
    let package = package.context("the page cannot be packed")?;
    let script = folder.join(FOLDER).join("index.js");
    copy(&package.join("index.js"), &script)?;
    let wasm = modules(&package)?.into_iter().next();
    if let Some(wasm) = &wasm {
        copy(wasm, &folder.join(FOLDER).join(MODULE))?;
    }
    let wasm = wasm.map(|_| format!("/{FOLDER}/{MODULE}"));
    let target = json!({ "server": server, "wasm": wasm });
    let path = folder.join("lib/target.js");
    let text =
        format!("// Where the results go, and where the module is.\nmodule.exports = {target};\n");
    fs::write(&path, text).with_context(|| path.display().to_string())
}

/// The WebAssembly in a package.
fn modules(package: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(package)? {
        let path = entry?.path();
        if path.extension().is_some_and(|ending| ending == "wasm") {
            found.push(path);
        }
    }
    Ok(found)
}

fn copy(from: &Path, to: &Path) -> Result<()> {
    if let Some(folder) = to.parent() {
        fs::create_dir_all(folder).with_context(|| folder.display().to_string())?;
    }
    fs::copy(from, to).with_context(|| from.display().to_string())?;
    Ok(())
}

/// The repository.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../..")
}
