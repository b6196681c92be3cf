//! From a package to bytes.

use std::fs;
use std::io::Write as _;
use std::path::Path;

use anyhow::{Context as _, Result};
use flate2::{Compression, write::GzEncoder};
use taro_socket_pack::brotli;
use taro_socket_web::{Glue, Package, bindgen, build, minify, optimize};

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
    let package = format!("taro-socket-size-{}", client.name);
    let built = build(&Package {
        package: &package,
        profile: method.profile(),
        features: method.features(),
    })?;
    let folder = out.join(method.key()).join(client.name);
    fs::create_dir_all(&folder)?;
    bindgen(&built, &folder, "client", Glue::Web)?;
    let (wasm, glue) = (folder.join("client_bg.wasm"), folder.join("client.js"));
    optimize(&wasm, "-Oz")?;
    minify(&glue, &glue)?;
    let (wasm, glue) = (read(&wasm)?, read(&glue)?);
    Ok(Sizes {
        wasm: wasm.len(),
        gzip: gzip(&wasm)?,
        brotli: brotli(&wasm)?.len(),
        glue: brotli(&glue)?.len(),
    })
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
