//! What wasm-bindgen makes of the module.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, ensure};
use walrus::Module;
use wasm_bindgen_cli_support::{Bindgen, Output};

use crate::names::Names;
use crate::{Options, border, table};

/// The module's name for the glue.
const STEM: &str = "glue";
pub(crate) const GLUE: &str = "./glue_bg.js";

/// The parts of a package.
#[derive(Debug)]
pub(crate) struct Pieces {
    pub(crate) wasm: PathBuf,
    /// An ES module that exports what users and the module call.
    pub(crate) glue: String,
    pub(crate) types: String,
    pub(crate) names: Names,
}

/// Writes the glue, for a bundler: it is the one form without a loader. All goes into `folder`, with short names at the
/// border unless it is to be readable.
pub(crate) fn make(module: Module, folder: &Path, options: &Options) -> Result<Pieces> {
    let mut bindgen = Bindgen::new();
    bindgen
        .input_module(STEM, module)
        .bundler(true)?
        .typescript(true)
        .remove_producers_section(true);
    let mut output = bindgen.generate_output().context("no glue")?;
    refuse_files(&output)?;
    if !options.target.is_browser() {
        border::check_integers(output.wasm())?;
    }
    border::remove_globals(output.wasm_mut());
    table::remove_unused(output.wasm_mut());
    check_imports(output.wasm())?;
    let names = Names::of(output.wasm_mut(), !options.debug);
    let types = output.ts().unwrap_or_default().to_owned();
    output.emit(folder)?;
    Ok(Pieces {
        wasm: folder.join("glue_bg.wasm"),
        glue: fs::read_to_string(folder.join("glue_bg.js"))?,
        types,
        names,
    })
}

/// A package has one script.
fn refuse_files(output: &Output) -> Result<()> {
    let snippets = output.snippets().iter();
    let inline = snippets
        .filter(|(_, all)| !all.is_empty())
        .map(|(name, _)| name);
    let files: Vec<_> = inline.chain(output.local_modules().keys()).collect();
    ensure!(
        files.is_empty(),
        "scripts of crates (`inline_js`, `module = \"/…\"`) cannot be packed: {files:?}"
    );
    let packages: Vec<_> = output.npm_dependencies().keys().collect();
    let none = packages.is_empty();
    ensure!(
        none,
        "crates ask for packages of npm, which cannot be packed: {packages:?}"
    );
    Ok(())
}

/// The module takes from the glue, and from nowhere else.
fn check_imports(module: &Module) -> Result<()> {
    for import in module.imports.iter() {
        let (from, name) = (&import.module, &import.name);
        ensure!(
            from == GLUE,
            "the module imports `{name}` from `{from}`, which no host has"
        );
    }
    Ok(())
}
