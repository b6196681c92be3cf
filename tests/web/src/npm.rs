//! The tools that come by npm: Binaryen and esbuild.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, ensure};

use crate::folders;

/// What rustc's default for wasm32-unknown-unknown uses. `--all-features` would let
/// Binaryen write what browsers do not read.
const FEATURES: &[&str] = &[
    "--mvp-features",
    "--enable-mutable-globals",
    "--enable-sign-ext",
    "--enable-bulk-memory",
    "--enable-bulk-memory-opt",
    "--enable-call-indirect-overlong",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-multivalue",
];

const STRIPPED: &[&str] = &[
    "--strip-debug",
    "--strip-producers",
    "--strip-target-features",
];

/// Optimizes the module in place; `level` is `-Oz` for size or `-O3` for speed.
///
/// # Errors
/// When `level` is another one, the tool is missing, or the module cannot be read.
pub fn optimize(wasm: &Path, level: &str) -> anyhow::Result<()> {
    ensure!(["-Oz", "-O3"].contains(&level), "no level `{level}`");
    let mut command = Command::new("node");
    command
        .arg(tool("binaryen/bin/wasm-opt")?)
        .args(FEATURES)
        .arg(level)
        .args(STRIPPED);
    run(command.arg(wasm).arg("-o").arg(wasm))
}

/// Writes the ES module or script `js` in its smallest form to `out`.
///
/// # Errors
/// When the tool is missing, or the source cannot be read.
pub fn minify(js: &Path, out: &Path) -> anyhow::Result<()> {
    let mut command = Command::new(tool("esbuild/bin/esbuild")?);
    command.arg(js).args(["--minify", "--log-level=error"]);
    let mut outfile = std::ffi::OsString::from("--outfile=");
    outfile.push(out);
    run(command.arg(outfile).arg("--allow-overwrite"))
}

fn tool(path: &str) -> anyhow::Result<PathBuf> {
    let modules = folders::root().join("tests/web/node_modules");
    let path = modules.join(path);
    let name = path.display();
    ensure!(path.exists(), "{name} is missing; see `cargo xtask setup`");
    Ok(path)
}

fn run(command: &mut Command) -> anyhow::Result<()> {
    let name = command.get_program().to_string_lossy().into_owned();
    let status = command.status();
    let status = status.with_context(|| format!("cannot start {name}"))?;
    ensure!(status.success(), "{name} failed");
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    /// An empty module with a custom section `producers` of three bytes.
    const MODULE: &[u8] = b"\0asm\x01\0\0\0\0\x0d\x09producers\0\0\0";

    #[test]
    fn modules_are_stripped_and_other_levels_refused() {
        let folder = tempfile::tempdir().unwrap();
        let wasm = folder.path().join("a.wasm");
        fs::write(&wasm, MODULE).unwrap();
        optimize(&wasm, "-Oz").unwrap();
        assert_eq!(fs::read(&wasm).unwrap(), b"\0asm\x01\0\0\0");
        assert!(optimize(&wasm, "-O9").is_err());
        fs::write(&wasm, "no module").unwrap();
        assert!(optimize(&wasm, "-O3").is_err());
    }

    #[test]
    fn scripts_are_minified() {
        let folder = tempfile::tempdir().unwrap();
        let (js, out) = (folder.path().join("a.js"), folder.path().join("b.js"));
        fs::write(&js, "export function long(name) {\n  return name + 1;\n}\n").unwrap();
        minify(&js, &out).unwrap();
        let text = fs::read_to_string(&out).unwrap();
        assert!(text.len() < 45 && text.contains("long"), "{text}");
        fs::write(&js, "export function {").unwrap();
        assert!(minify(&js, &out).is_err());
    }
}
