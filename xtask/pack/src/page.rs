//! wasm-bindgen's glue as an ES module for browsers, which lack nothing.

use std::path::Path;

use anyhow::{Result, ensure};

use crate::glue::{import_object, public_of, without_exports};
use crate::pieces::Pieces;

/// Loads the module. Names with `$` are ours; no name that Rust can give is like them.
const LOAD: &str = include_str!("template/load-page.js");

/// Makes the module small, unless its names are to be read.
pub(crate) fn finish(wasm: &Path, readable: bool) -> Result<()> {
    if readable {
        return Ok(());
    }
    taro_socket_web::optimize(wasm, "-Oz")
}

/// The whole script.
pub(crate) fn script(pieces: &Pieces, name: &str) -> Result<String> {
    let (glue, exported) = without_exports(&pieces.glue)?;
    let names = &pieces.names;
    let public = public_of(exported, names)?;
    let mut parts = vec![names.applied(&glue)?, import_object(pieces)];
    parts.push(names.applied(LOAD)?.replace("$NAME", name));
    for (outer, inner) in &public {
        ensure!(
            outer != "default",
            "the package's own default is `init`: give `{inner}` another name with `js_name`"
        );
        let outer = serde_json::to_string(outer)?;
        parts.push(format!("export {{ {inner} as {outer} }};"));
    }
    Ok(parts.join("\n") + "\n")
}
