//! From a package to bytes.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use flate2::{Compression, write::GzEncoder};
use taro_socket_pack::{Options, Target, brotli, pack};
use taro_socket_web::{Glue, Package, Profile, bindgen, build, minify, optimize};

use crate::clients::Client;
use crate::method::Method;

/// Bytes of one client.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Sizes {
    pub(crate) wasm: usize,
    pub(crate) gzip: usize,
    pub(crate) brotli: usize,
    /// The glue, minified and compressed by brotli.
    pub(crate) glue: usize,
}

impl Sizes {
    /// What a page loads: both files, each compressed by brotli.
    pub(crate) fn loaded(&self) -> usize {
        self.brotli + self.glue
    }
}

/// Builds the client into a folder of `out`, below that of the method, and weighs it.
pub(crate) fn measure(client: &Client, method: Method, out: &Path) -> Result<Sizes> {
    let folder = out.join(method.key()).join(client.name);
    fs::create_dir_all(&folder)?;
    let wasm = match method {
        Method::Plain => make(client, &folder)?,
        Method::Packed | Method::Rebuilt => packed(client, method, &folder)?,
    };
    let (wasm, script) = (read(&wasm)?, read(&folder.join(method.script()))?);
    Ok(Sizes {
        wasm: wasm.len(),
        gzip: gzip(&wasm)?,
        brotli: brotli(&wasm)?.len(),
        glue: brotli(&script)?.len(),
    })
}

fn make(client: &Client, folder: &Path) -> Result<PathBuf> {
    let built = build(&Package {
        package: &format!("taro-socket-size-{}", client.name),
        profile: Profile::Size,
        features: &[],
    })?;
    bindgen(&built, folder, "client", Glue::Web)?;
    let (wasm, glue) = (folder.join("client_bg.wasm"), folder.join("client.js"));
    optimize(&wasm, "-Oz")?;
    minify(&glue, &glue)?;
    Ok(wasm)
}

fn packed(client: &Client, method: Method, folder: &Path) -> Result<PathBuf> {
    let clients = Path::new(env!("CARGO_MANIFEST_DIR")).join("clients");
    let mut options = Options::new(Target::H5, clients.join(client.name));
    options.name = Some(client.name.to_owned());
    options.out = Some(folder.to_owned());
    options.features = vec!["rlsf".to_owned()];
    options.rebuild_std = method.rebuilds_std();
    pack(&options)?;
    Ok(folder.join(client.name).with_extension("wasm"))
}

fn read(path: &Path) -> Result<Vec<u8>> {
    fs::read(path).with_context(|| path.display().to_string())
}

/// Bytes after gzip at its best level.
fn gzip(bytes: &[u8]) -> Result<usize> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes)?;
    Ok(encoder.finish()?.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn compression_ends_and_helps() {
        let bytes = b"the same again and again ".repeat(200);
        for size in [gzip(&bytes).unwrap(), brotli(&bytes).unwrap().len()] {
            assert!((10..200).contains(&size), "{size}");
        }
    }
}
