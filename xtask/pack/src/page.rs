//! wasm-bindgen's glue as an ES module for browsers, which lack nothing that it uses.

use std::path::Path;

use anyhow::Result;

use crate::glue::{import_object, public_of, without_exports};
use crate::patch;
use crate::pieces::Pieces;

/// Loads the module. Names with `$` are ours; no name that Rust can give is like them.
const LOAD: &str = include_str!("template/load-page.js");

/// Names that a module cannot export: they are ours, or what loads the module goes by them.
const TAKEN: &[&str] = &[
    "default",
    "init",
    "fetch",
    "Error",
    "Response",
    "URL",
    "WebAssembly",
];

/// Makes the module small, unless its names are to be read.
pub(crate) fn finish(wasm: &Path, readable: bool) -> Result<()> {
    if readable {
        return Ok(());
    }
    taro_socket_web::shrink(wasm)
}

/// The whole script.
pub(crate) fn script(pieces: &Pieces, name: &str) -> Result<String> {
    let (glue, exported) = without_exports(&pieces.glue)?;
    let names = &pieces.names;
    let public = public_of(exported, names, TAKEN)?;
    let glue = patch::patched_for_pages(glue)?;
    let mut parts = vec![names.applied(&glue)?, import_object(pieces)];
    parts.push(names.applied(LOAD)?.replace("$NAME", name));
    for (outer, inner) in &public {
        // Names that are texts are younger than ES modules.
        let outer = if is_plain(outer) {
            outer.clone()
        } else {
            serde_json::to_string(outer)?
        };
        parts.push(format!("export {{ {inner} as {outer} }};"));
    }
    Ok(parts.join("\n") + "\n")
}

fn is_plain(name: &str) -> bool {
    let is_letter = |letter: char| letter.is_ascii_alphabetic() || letter == '_' || letter == '$';
    name.starts_with(is_letter) && name.chars().all(|it| is_letter(it) || it.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_are_no_identifiers_are_texts() {
        assert!(is_plain("greet_2") && is_plain("$a") && is_plain("_"));
        assert!(!is_plain("a b") && !is_plain("2") && !is_plain("") && !is_plain("é"));
    }
}
