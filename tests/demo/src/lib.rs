//! The demo page, built and put together in a folder that the test server can serve.

use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result};
use taro_socket_web::{Glue, Package, Profile, bindgen, build};
use tempfile::TempDir;

/// Name of the page in its folder.
pub const PAGE: &str = "index.html";
const FILES: [&str; 2] = [PAGE, "style.css"];

/// Builds the page; the folder goes when it is dropped.
///
/// # Errors
/// When the page does not build, or the folder cannot be written.
pub fn make() -> Result<TempDir> {
    let folder = tempfile::tempdir()?;
    let sources =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../../crates/taro-socket/examples/demo");
    for name in FILES {
        fs::copy(sources.join(name), folder.path().join(name)).context(name)?;
    }
    let wasm = build(&Package {
        package: "taro-socket-demo",
        profile: Profile::Release,
        features: &[],
    })?;
    bindgen(&wasm, &folder.path().join("pkg"), "demo", Glue::Web)?;
    Ok(folder)
}
