//! Makes an npm package, for a mini-program, React Native or browsers, of a crate that is built for wasm.
//!
//! [`pack`] builds the crate, lets wasm-bindgen write its glue, takes out of both what such hosts
//! lack, and writes a package of npm: one CommonJS module, and for [`Form::Wasm`] the module that
//! it loads. The module is of WebAssembly's first version with mutable globals. The glue needs
//! nothing beyond ES2015 and, for [`Form::Wasm`], the host's loader; for React Native not even
//! classes. Browsers lack nothing: they get an ES module, and the module as it is.

mod border;
mod classes;
mod compile;
mod data;
mod glue;
mod kept;
mod manifest;
mod names;
mod options;
mod package;
mod page;
mod patch;
mod pieces;
mod plain;
mod table;
mod unused;
mod version;

use std::path::PathBuf;

use anyhow::{Context as _, Result};

pub use kept::pack_kept;
pub use options::{Form, Options, Target};
pub use package::brotli;

/// A package that was written.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Packed {
    /// The package's name.
    pub name: String,
    /// Where it is.
    pub folder: PathBuf,
    /// What is in it, `index.js` first.
    pub files: Vec<PackedFile>,
}

/// A file of a package.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct PackedFile {
    /// Its name in the folder.
    pub name: String,
    /// Its size in bytes.
    pub bytes: usize,
    /// Its size after brotli at its best level; the same for what is so already.
    pub brotli: usize,
}

/// Packs the crate.
///
/// # Errors
/// When the options name no crate of kind `cdylib`, it does not build or does not use the one
/// version of wasm-bindgen that this is made for, its border has what the platform cannot load, the
/// platform cannot load the form, a tool is missing, or the folder cannot be written.
pub fn pack(options: &Options) -> Result<Packed> {
    options.check()?;
    let krate = manifest::read(options)?;
    let built = compile::compile(options, &krate)?;
    let work = tempfile::tempdir()?;
    let module = border::read(&built, options)?;
    let pieces = pieces::make(module, work.path(), options)?;
    let script = if options.target.is_browser() {
        page::finish(&pieces.wasm, options.debug)?;
        page::script(&pieces, &krate.name)?
    } else {
        let lowering = options.form.lowering();
        taro_socket_web::lower(&pieces.wasm, options.debug, lowering)
            .context("the module cannot be lowered")?;
        glue::common(&pieces, &krate.name, options)?
    };
    let folder = options.folder(&krate);
    package::Package {
        krate: &krate,
        pieces: &pieces,
        script: &script,
        work: work.path(),
    }
    .write(options, folder)
}
