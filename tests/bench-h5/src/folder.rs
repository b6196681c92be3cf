//! The folder that is served: the page and a wasm module for each crate.

use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result};
use taro_socket_web::{Glue, Package, Profile, bindgen, build, optimize};
use tempfile::TempDir;

use crate::clients::MODULES;

const FILES: [&str; 5] = ["index.html", "bench.js", "plain.js", "fake.js", "hidden.js"];

pub(crate) fn make() -> Result<TempDir> {
    let folder = tempfile::tempdir()?;
    let sources = Path::new(env!("CARGO_MANIFEST_DIR")).join("page");
    for name in FILES {
        fs::copy(sources.join(name), folder.path().join(name)).context(name)?;
    }
    fs::write(
        folder.path().join("modules.json"),
        serde_json::to_string(&MODULES)?,
    )?;
    for module in MODULES {
        println!("building {module}");
        let wasm = build(&Package {
            package: "taro-socket-bench-h5-page",
            profile: Profile::Release,
            features: &[module],
        })?;
        let out = folder.path().join(module);
        bindgen(&wasm, &out, "client", Glue::Web)?;
        optimize(&out.join("client_bg.wasm"), "-O3")?;
    }
    Ok(folder)
}
