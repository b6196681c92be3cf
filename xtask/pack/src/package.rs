//! The package's files.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use serde_json::json;

use crate::manifest::Crate;
use crate::pieces::Pieces;
use crate::{Form, Options, Packed, PackedFile, Target};

const INIT_TYPE: &str = include_str!("template/init.d.ts");
const INIT_BYTES_TYPE: &str = include_str!("template/init-bytes.d.ts");
const INIT_PLAIN_TYPE: &str = include_str!("template/init-plain.d.ts");
const INIT_PAGE_TYPE: &str = include_str!("template/init-page.d.ts");

/// What goes into the files.
pub(crate) struct Package<'a> {
    pub(crate) krate: &'a Crate,
    pub(crate) pieces: &'a Pieces,
    pub(crate) script: &'a str,
    /// A folder for files on the way.
    pub(crate) work: &'a Path,
}

impl Package<'_> {
    /// Writes the files. Others in the folder stay.
    pub(crate) fn write(&self, options: &Options, folder: PathBuf) -> Result<Packed> {
        let name = &self.krate.name;
        let mut files = vec![("index.js".to_owned(), self.index(options)?)];
        if options.form == Form::Wasm {
            let wasm = fs::read(&self.pieces.wasm)?;
            let compressed = brotli(&wasm)?;
            files.push((format!("{name}.wasm"), wasm));
            files.push((format!("{name}.wasm.br"), compressed));
        }
        let init = match options.form {
            Form::Wasm if options.target.is_browser() => INIT_PAGE_TYPE,
            Form::Wasm if options.target.takes_bytes() => INIT_BYTES_TYPE,
            Form::Wasm => INIT_TYPE,
            Form::Js => INIT_PLAIN_TYPE,
        };
        let types = format!("{}{init}", self.pieces.types);
        files.push(("index.d.ts".to_owned(), types.into_bytes()));
        files.push(("package.json".to_owned(), self.manifest(options.target)?));
        fs::create_dir_all(&folder).with_context(|| folder.display().to_string())?;
        let mut packed = Vec::new();
        for (name, content) in files {
            let path = folder.join(&name);
            fs::write(&path, &content).with_context(|| path.display().to_string())?;
            packed.push(PackedFile {
                bytes: content.len(),
                brotli: weight(&name, &content)?,
                name,
            });
        }
        Ok(Packed {
            name: name.clone(),
            folder,
            files: packed,
        })
    }

    /// The module, readable or small.
    fn index(&self, options: &Options) -> Result<Vec<u8>> {
        let (long, short) = (self.work.join("index.js"), self.work.join("index.min.js"));
        fs::write(&long, self.script)?;
        if options.debug {
            return Ok(self.script.as_bytes().to_vec());
        }
        if options.target.is_browser() {
            taro_socket_web::minify(&long, &short)?;
        } else {
            taro_socket_web::minify_common(&long, &short)?;
        }
        Ok(fs::read(&short)?)
    }

    fn manifest(&self, target: Target) -> Result<Vec<u8>> {
        let mut manifest = json!({
            "name": self.krate.name,
            "version": self.krate.version,
            "main": "index.js",
            "types": "index.d.ts",
        });
        if target == Target::Weapp {
            // The folder that WeChat's tools copy whole, modules included.
            manifest["miniprogram"] = json!(".");
        }
        if target.is_browser() {
            manifest["type"] = json!("module");
        }
        if target == Target::Rn {
            // Metro looks here first.
            manifest["react-native"] = json!("index.js");
        }
        Ok((serde_json::to_string_pretty(&manifest)? + "\n").into_bytes())
    }
}

fn weight(name: &str, content: &[u8]) -> Result<usize> {
    if name.ends_with(".br") {
        return Ok(content.len());
    }
    Ok(brotli(content)?.len())
}

/// Compresses by brotli at its best level, with the usual window.
///
/// # Errors
/// None that are known: it writes into memory.
pub fn brotli(bytes: &[u8]) -> Result<Vec<u8>> {
    let mut encoder = brotli::CompressorWriter::new(Vec::new(), 4096, 11, 22);
    encoder.write_all(bytes)?;
    encoder.flush()?;
    Ok(encoder.into_inner())
}
