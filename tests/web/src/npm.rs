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

/// No address below 1024 is ever used: data begins behind it, or the last of the stack is there, which is full first.
/// So places within what a pointer points at can stand in the instruction.
const LAID_OUT: &[&str] = &["--low-memory-unused"];

const STRIPPED: &[&str] = &[
    "--strip-debug",
    "--strip-producers",
    "--strip-target-features",
];

/// What engines of before 2021 read.
const MVP: &[&str] = &["--mvp-features", "--enable-mutable-globals"];

/// Makes blocks and loops anew.
const SHAPED: &[&str] = &["--flatten", "--rereloop", "-Oz"];

/// Copies of memory as one instruction.
const BULK: &[&str] = &["--enable-bulk-memory", "--enable-bulk-memory-opt"];

/// Replaces what is newer by what is not.
const LOWERED: &[&str] = &[
    "--signext-lowering",
    "--llvm-nontrapping-fptoint-lowering",
    "--strip-producers",
    "--strip-target-features",
];

/// Optimizes the module in place; `level` is `-Oz` for size or `-O3` for speed.
///
/// # Errors
/// When `level` is another one, the tool is missing, or the module cannot be read.
pub fn optimize(wasm: &Path, level: &str) -> anyhow::Result<()> {
    ensure!(["-Oz", "-O3"].contains(&level), "no level `{level}`");
    let mut command = wasm_opt(wasm)?;
    command.args(FEATURES).arg(level).args(STRIPPED);
    run(command.arg("-o").arg(wasm))
}

/// As [`optimize`] for size, for modules that rustc has linked: more is known of their memory.
///
/// # Errors
/// When the tool is missing, or the module cannot be read.
pub fn shrink(wasm: &Path) -> anyhow::Result<()> {
    let mut command = wasm_opt(wasm)?;
    command.args(FEATURES).args(LAID_OUT).arg("-Oz");
    run(command.args(STRIPPED).arg("-o").arg(wasm))
}

/// What a module is lowered for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(clippy::exhaustive_enums, reason = "there is no third")]
pub enum Lowering {
    /// Engines of WebAssembly's first version.
    First,
    /// [`wasm_to_js`]: JavaScript has functions that copy and fill memory (ECMAScript §23.2.3.6).
    PlainJs,
}

impl Lowering {
    fn newer(self) -> &'static [&'static str] {
        match self {
            Self::First => &["--llvm-memory-copy-fill-lowering"],
            Self::PlainJs => &[],
        }
    }

    fn allowed(self) -> &'static [&'static str] {
        match self {
            Self::First => &[],
            Self::PlainJs => BULK,
        }
    }
}

/// Optimizes the module in place, for size, and leaves nothing in it beyond the first version of
/// WebAssembly, mutable globals and what the lowering allows. `names` of functions stay if asked for.
///
/// # Errors
/// When the tool is missing, the module cannot be read, or has what cannot be replaced.
pub fn lower(wasm: &Path, names: bool, lowering: Lowering) -> anyhow::Result<()> {
    let mut command = wasm_opt(wasm)?;
    command.args(FEATURES).args(LOWERED).args(lowering.newer());
    command.args(LAID_OUT).arg("-Oz");
    let kept = if names {
        "--debuginfo"
    } else {
        "--strip-debug"
    };
    run(command.arg(kept).arg("-o").arg(wasm))?;
    // It looks at the module first, and refuses what is newer.
    let mut command = wasm_opt(wasm)?;
    command.args(MVP).args(lowering.allowed()).args(LAID_OUT);
    command.args(SHAPED).arg("-Oz");
    command.args(names.then_some(kept));
    run(command.arg("-o").arg(wasm))
}

/// Refuses a module with anything beyond the first version of WebAssembly and mutable globals.
///
/// # Errors
/// When it has, the tool is missing, or the module cannot be read.
pub fn check_lowered(wasm: &Path) -> anyhow::Result<()> {
    run(wasm_opt(wasm)?.args(MVP).arg("--quiet"))
}

/// Writes the module, one that [`lower`] made, as an ES module of plain JavaScript to `js`.
///
/// # Errors
/// When the tool is missing, or the module cannot be read or has what it cannot write.
pub fn wasm_to_js(wasm: &Path, js: &Path) -> anyhow::Result<()> {
    let mut command = Command::new("node");
    command.arg(tool("binaryen/bin/wasm2js")?);
    command.args(MVP).args(BULK).args(LAID_OUT);
    run(command.arg("-Oz").arg(wasm).arg("-o").arg(js))
}

fn wasm_opt(wasm: &Path) -> anyhow::Result<Command> {
    let mut command = Command::new("node");
    command.arg(tool("binaryen/bin/wasm-opt")?).arg(wasm);
    Ok(command)
}

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

    /// A function of one instruction, `i32.extend8_s`, and one of `v128.not`.
    const SIGN: &[u8] = b"\0asm\x01\0\0\0\x01\x06\x01\x60\x01\x7f\x01\x7f\x03\x02\x01\0\x07\x05\x01\x01a\0\0\x0a\x07\x01\x05\0\x20\0\xc0\x0b";
    const VECTOR: &[u8] = b"\0asm\x01\0\0\0\x01\x06\x01\x60\x01\x7b\x01\x7b\x03\x02\x01\0\x07\x05\x01\x01a\0\0\x0a\x08\x01\x06\0\x20\0\xfd\x4d\x0b";

    #[test]
    fn what_is_newer_is_replaced_or_refused() {
        let folder = tempfile::tempdir().unwrap();
        let (wasm, js) = (folder.path().join("a.wasm"), folder.path().join("a.js"));
        fs::write(&wasm, SIGN).unwrap();
        assert!(check_lowered(&wasm).is_err());
        lower(&wasm, false, Lowering::First).unwrap();
        check_lowered(&wasm).unwrap();
        wasm_to_js(&wasm, &js).unwrap();
        assert!(fs::read_to_string(&js).unwrap().contains("asmFunc"));
        fs::write(&wasm, VECTOR).unwrap();
        assert!(lower(&wasm, false, Lowering::PlainJs).is_err());
    }

    /// A memory, and a function that copies in it, and one that fills.
    const COPY: &[u8] = b"\0asm\x01\0\0\0\x01\x07\x01\x60\x03\x7f\x7f\x7f\0\x03\x03\x02\0\0\x05\x03\x01\0\x01\
        \x07\x0d\x03\x01a\0\0\x01b\0\x01\x01m\x02\0\x0a\x1a\x02\x0c\0\x20\0\x20\x01\x20\x02\xfc\x0a\0\0\x0b\
        \x0b\0\x20\0\x20\x01\x20\x02\xfc\x0b\0\x0b";

    #[test]
    fn copies_are_loops_or_one_call() {
        let folder = tempfile::tempdir().unwrap();
        let (wasm, js) = (folder.path().join("a.wasm"), folder.path().join("a.js"));
        for (lowering, wanted) in [(Lowering::First, false), (Lowering::PlainJs, true)] {
            fs::write(&wasm, COPY).unwrap();
            lower(&wasm, false, lowering).unwrap();
            assert_eq!(check_lowered(&wasm).is_err(), wanted);
            wasm_to_js(&wasm, &js).unwrap();
            let text = fs::read_to_string(&js).unwrap();
            for call in ["copyWithin(", ".fill("] {
                assert_eq!(text.contains(call), wanted, "{lowering:?} {call}");
            }
        }
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
