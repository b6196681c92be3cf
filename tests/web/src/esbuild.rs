//! esbuild: scripts in their smallest form.

use std::path::Path;
use std::process::Command;

use crate::npm::{run, tool};

/// Writes the ES module or script `js` in its smallest form to `out`.
///
/// # Errors
/// When the tool is missing, or the source cannot be read.
pub fn minify(js: &Path, out: &Path) -> anyhow::Result<()> {
    esbuild(js, out, &[])
}

/// Writes the CommonJS module `js` in its smallest form to `out`, for engines of ES2015.
///
/// # Errors
/// When the tool is missing, or the source cannot be read or written for such engines.
pub fn minify_common(js: &Path, out: &Path) -> anyhow::Result<()> {
    esbuild(js, out, &["--format=cjs", "--target=es2015"])
}

fn esbuild(js: &Path, out: &Path, flags: &[&str]) -> anyhow::Result<()> {
    let mut command = Command::new(tool("esbuild/bin/esbuild")?);
    command.arg(js).args(["--minify", "--log-level=error"]);
    let mut outfile = std::ffi::OsString::from("--outfile=");
    outfile.push(out);
    run(command.args(flags).arg(outfile).arg("--allow-overwrite"))
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

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
