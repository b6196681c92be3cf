//! Binaryen: modules that are small, lowered, or plain JavaScript.

use std::path::Path;
use std::process::Command;

use anyhow::ensure;

use crate::kept;
use crate::npm::{run, tool, version};

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
pub fn optimize(wasm: &Path, level: &'static str) -> anyhow::Result<()> {
    ensure!(["-Oz", "-O3"].contains(&level), "no level `{level}`");
    let args = [FEATURES, &[level], STRIPPED].concat();
    made(&[(WASM_OPT, args)], wasm, wasm)
}

/// As [`optimize`] for size, for modules that rustc has linked: more is known of their memory.
///
/// # Errors
/// When the tool is missing, or the module cannot be read.
pub fn shrink(wasm: &Path) -> anyhow::Result<()> {
    let args = [FEATURES, LAID_OUT, &["-Oz"], STRIPPED].concat();
    made(&[(WASM_OPT, args)], wasm, wasm)
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
    let kept = if names {
        "--debuginfo"
    } else {
        "--strip-debug"
    };
    let replaced = [
        FEATURES,
        LOWERED,
        lowering.newer(),
        LAID_OUT,
        &["-Oz", kept],
    ];
    let replaced = replaced.concat();
    // It looks at the module first, and refuses what is newer.
    let mut smaller = [MVP, lowering.allowed(), LAID_OUT, SHAPED, &["-Oz"]].concat();
    smaller.extend(names.then_some(kept));
    made(&[(WASM_OPT, replaced), (WASM_OPT, smaller)], wasm, wasm)
}

/// Refuses a module with anything beyond the first version of WebAssembly and mutable globals.
///
/// # Errors
/// When it has, the tool is missing, or the module cannot be read.
pub fn check_lowered(wasm: &Path) -> anyhow::Result<()> {
    run(node(WASM_OPT)?.arg(wasm).args(MVP).arg("--quiet"))
}

/// Writes the module, one that [`lower`] made, as an ES module of plain JavaScript to `js`.
///
/// # Errors
/// When the tool is missing, or the module cannot be read or has what it cannot write.
pub fn wasm_to_js(wasm: &Path, js: &Path) -> anyhow::Result<()> {
    let args = [MVP, BULK, LAID_OUT, &["-Oz"]].concat();
    made(&[(WASM_TO_JS, args)], wasm, js)
}

const WASM_OPT: &str = "wasm-opt";
const WASM_TO_JS: &str = "wasm2js";

/// A program of Binaryen and its arguments.
type Call = (&'static str, Vec<&'static str>);

/// Runs these programs, each on what the one before has made, unless that was done before.
fn made(calls: &[Call], from: &Path, to: &Path) -> anyhow::Result<()> {
    let version = version("binaryen")?;
    let words = calls.iter().flat_map(|(program, args)| {
        let program = std::iter::once(*program);
        program.chain(args.iter().copied())
    });
    let words: Vec<_> = std::iter::once(&*version).chain(words).collect();
    kept::once(&words, from, to, |to| {
        let mut from = from;
        for (program, args) in calls {
            run(node(program)?.arg(from).args(args).arg("-o").arg(to))?;
            from = to;
        }
        Ok(())
    })
}

fn node(program: &str) -> anyhow::Result<Command> {
    let mut command = Command::new("node");
    command.arg(tool("binaryen/bin")?.join(program));
    Ok(command)
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
}
