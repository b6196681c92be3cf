//! What is replaced in wasm-bindgen's glue, and what is left out of it.
//!
//! Each change is counted: a glue that looks otherwise is an error, not a package that fails later.

use anyhow::{Result, ensure};

use crate::unused;

/// A replacement in the glue, and how often it has to be there.
struct Patch {
    from: String,
    to: String,
    times: usize,
}

impl Patch {
    fn new(from: impl Into<String>, to: impl Into<String>, times: usize) -> Self {
        let (from, to) = (from.into(), to.into());
        Self { from, to, times }
    }
}

/// Without what hosts lack, and with views that notice a new memory.
pub(crate) fn patched(glue: String) -> Result<String> {
    let patches = patches(&glue);
    applied(glue, patches)
}

/// Without what stands in for what browsers have that read the module, and with views that notice a new memory.
pub(crate) fn patched_for_pages(glue: String) -> Result<String> {
    let encodes = usize::from(glue.contains("cachedTextEncoder"));
    let closures = usize::from(glue.contains("CLOSURE_DTORS = "));
    let mut patches = vec![
        Patch::new(unused::NO_ENCODE_INTO, "", encodes),
        Patch::new(unused::NO_REALLOC, "", encodes),
        Patch::new(unused::NO_REGISTRY, unused::REGISTRY, closures),
    ];
    patches.extend(views(&glue).map(view));
    applied(glue, patches)
}

fn applied(mut glue: String, patches: Vec<Patch>) -> Result<String> {
    unused::check(&glue)?;
    for patch in patches {
        let found = glue.matches(&patch.from).count();
        ensure!(
            found == patch.times,
            "wasm-bindgen has changed its glue: `{}` is there {found} times, not {}",
            patch.from,
            patch.times
        );
        glue = glue.replace(&patch.from, &patch.to);
    }
    for view in ["Memory0.byteLength", "Memory0.buffer.detached"] {
        let left = glue.contains(view);
        ensure!(!left, "wasm-bindgen has changed its glue: `{view}` is left");
    }
    Ok(glue)
}

fn patches(glue: &str) -> Vec<Patch> {
    let decodes = usize::from(glue.contains("cachedTextDecoder"));
    let encodes = usize::from(glue.contains("cachedTextEncoder"));
    let globals = glue.matches("function __wbg_static_accessor_GLOBAL_THIS_");
    let mut all = vec![
        Patch::new(unused::SAFARI, "", decodes),
        Patch::new(unused::SAFARI_COUNT, "", decodes),
        Patch::new(unused::NO_ENCODE_INTO, "", encodes),
        Patch::new(unused::NO_REALLOC, "", encodes),
        Patch::new(
            "let cachedTextDecoder = new TextDecoder('utf-8', { ignoreBOM: true })",
            "const cachedTextDecoder = new $Decoder()",
            decodes,
        ),
        Patch::new(
            "cachedTextEncoder = new TextEncoder()",
            "cachedTextEncoder = new $Encoder()",
            encodes,
        ),
        Patch::new(
            "typeof globalThis === 'undefined' ? undefined : globalThis;",
            "$global;",
            globals.count(),
        ),
    ];
    all.extend(views(glue).map(view));
    all
}

/// Names of the cached views of the memory.
fn views(glue: &str) -> impl Iterator<Item = &str> {
    let declared = glue
        .lines()
        .filter_map(|line| line.strip_prefix("let cached"));
    let views = declared.filter_map(|rest| rest.strip_suffix("Memory0 = null;"));
    views.filter(|kind| kind.chars().all(char::is_alphanumeric))
}

/// Whoever grows the memory gets a new buffer. Plain JavaScript leaves the old one as it was.
fn view(kind: &str) -> Patch {
    let name = format!("cached{kind}Memory0");
    let buffer = format!("{name}.buffer");
    let stale = if kind == "DataView" {
        format!(
            "{buffer}.detached === true || ({buffer}.detached === undefined && {buffer} !== wasm.memory.buffer)"
        )
    } else {
        format!("{name}.byteLength === 0")
    };
    let condition = |stale: &str| format!("if ({name} === null || {stale}) {{");
    let moved = condition(&format!("{buffer} !== wasm.memory.buffer"));
    Patch::new(condition(&stale), moved, 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::unused::{NO_ENCODE_INTO, NO_REALLOC, SAFARI, SAFARI_COUNT};

    const GLUE: &str = "let cachedDataViewMemory0 = null;
    if (cachedDataViewMemory0 === null || cachedDataViewMemory0.buffer.detached === true || \
(cachedDataViewMemory0.buffer.detached === undefined && cachedDataViewMemory0.buffer !== wasm.memory.buffer)) {
let cachedUint8ArrayMemory0 = null;
    if (cachedUint8ArrayMemory0 === null || cachedUint8ArrayMemory0.byteLength === 0) {
function __wbg_static_accessor_GLOBAL_THIS_1() {
    const ret = typeof globalThis === 'undefined' ? undefined : globalThis;
let cachedTextDecoder = new TextDecoder('utf-8', { ignoreBOM: true });
const cachedTextEncoder = new TextEncoder();
    passStringToWasm0(f(text), wasm.__wbindgen_malloc, wasm.__wbindgen_realloc);
";

    fn glue() -> String {
        let unused = [SAFARI, SAFARI_COUNT, NO_ENCODE_INTO, NO_REALLOC].concat();
        GLUE.to_owned() + &unused
    }

    #[test]
    fn pages_have_codecs_and_registries() {
        let registry = format!("{}{}", unused::NO_REGISTRY, "(state => 0);\n");
        let text = patched_for_pages(glue() + &registry).unwrap();
        for lost in ["encode(", "detached", "typeof FinalizationRegistry"] {
            assert!(!text.contains(lost), "{lost}");
        }
        let kept = [
            "const CLOSURE_DTORS = new FinalizationRegistry(state",
            SAFARI,
            SAFARI_COUNT,
        ];
        for kept in kept {
            assert!(text.contains(kept), "{kept}");
        }
        let other = registry.replace("register: () => {}", "register() {}");
        assert!(patched_for_pages(glue() + &other).is_err());
    }

    #[test]
    fn a_glue_that_looks_otherwise_is_refused() {
        let text = patched(glue()).unwrap();
        let moved = text.matches(".buffer !== wasm.memory.buffer)").count();
        assert_eq!((moved, text.matches("detached").count()), (2, 0));
        for lost in [
            "new TextDecoder",
            "new TextEncoder",
            "typeof globalThis",
            "SAFARI",
            "encode(",
            "decode(",
        ] {
            assert!(!text.contains(lost), "{lost}");
        }
        for (from, to) in [
            (".byteLength === 0", ".byteLength < 1"),
            (".buffer.detached === true ||", ".buffer.detached ||"),
            ("{ ignoreBOM: true }", "{ ignoreBOM: true, fatal: true }"),
            ("new TextEncoder()", "new globalThis.TextEncoder()"),
            (
                "typeof globalThis === 'undefined'",
                "typeof window === 'undefined'",
            ),
            ("let cachedUint8ArrayMemory0", "var cachedUint8ArrayMemory0"),
            ("= 2146435072", "= 1"),
            ("numBytesDecoded = bytes", "numBytesDecoded += bytes"),
            ("read: arg.length", "read: 0"),
            ("(realloc === undefined)", "(!realloc)"),
            (", wasm.__wbindgen_realloc)", ")"),
        ] {
            let changed = glue().replacen(from, to, 1);
            assert!(changed != glue() && patched(changed).is_err(), "{from}");
        }
        assert_eq!(patched(String::new()).unwrap(), "");
    }
}
