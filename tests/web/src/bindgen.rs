//! JavaScript glue for a wasm module.

use std::ffi::{OsStr, OsString};
use std::path::Path;

use anyhow::Context as _;

/// The form of the glue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(clippy::exhaustive_enums, reason = "those that tests use")]
pub enum Glue {
    /// An ES module with a default export that loads the wasm.
    Web,
    /// A classic script that sets the global `wasm_bindgen`.
    NoModules,
    /// ES modules for a bundler, which loads the wasm itself.
    Bundler,
}

impl Glue {
    fn name(self) -> &'static str {
        match self {
            Self::Web => "web",
            Self::NoModules => "no-modules",
            Self::Bundler => "bundler",
        }
    }
}

/// Writes `<name>.js` and `<name>_bg.wasm` to `out_dir`, without TypeScript.
///
/// # Errors
/// When the module was built with another version of wasm-bindgen, or cannot be read or written.
pub fn bindgen(wasm: &Path, out_dir: &Path, name: &str, glue: Glue) -> anyhow::Result<()> {
    let words = ["wasm-bindgen", "--no-typescript", "--target", glue.name()];
    let named = [OsStr::new("--out-name"), name.as_ref()];
    let folder = [OsStr::new("--out-dir"), out_dir.as_os_str()];
    let mut args: Vec<OsString> = words.map(OsString::from).to_vec();
    args.extend(named.into_iter().chain(folder).map(OsStr::to_owned));
    args.push(wasm.into());
    wasm_bindgen_cli::wasm_bindgen::run_cli_with_args(args)
        .with_context(|| format!("no glue for {}", wasm.display()))
}
