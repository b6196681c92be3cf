//! The project that a vendor's tool opens.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use serde_json::json;
use taro_socket_pack::{Form, Options, pack};

use crate::DevicePlatform;

/// The packed module's name, and its folder in the project.
const NAME: &str = "suite";
const FOLDER: &str = "lib/suite";

/// Writes the project into `folder`; what a tool has left there stays. `server` is the control channel's origin.
///
/// # Errors
///
/// When the page cannot be packed or a file cannot be written.
pub fn make(
    platform: &DevicePlatform,
    form: Option<Form>,
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
    options.name = Some(NAME.to_owned());
    options.out = Some(scratch.path().to_owned());
    let packed = pack(&options).context("the page cannot be packed")?;
    // A package on a phone may have 2 MB: only what is loaded.
    for file in &packed.files {
        if file.name == "index.js" || file.name.ends_with(".wasm") {
            let to = folder.join(FOLDER).join(&file.name);
            copy(&packed.folder.join(&file.name), &to)?;
        }
    }
    let wasm = (options.form == Form::Wasm).then(|| format!("/{FOLDER}/{NAME}.wasm"));
    let target = json!({ "server": server, "wasm": wasm });
    let path = folder.join("lib/target.js");
    let text =
        format!("// Where the results go, and where the module is.\nmodule.exports = {target};\n");
    fs::write(&path, text).with_context(|| path.display().to_string())
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
