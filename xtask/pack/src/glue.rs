//! wasm-bindgen's glue as a CommonJS module for hosts of mini-programs.
//!
//! Each change of the glue is counted: a glue that looks otherwise is an error, not a package that fails later.

use anyhow::{Result, bail, ensure};

use crate::pieces::Pieces;
use crate::{Form, Options, plain};

/// Parts of the module. Names with `$` are ours; no name that Rust can give is like them.
const HEAD: &str = include_str!("template/head.js");
const DECODER: &str = include_str!("template/decoder.js");
const ENCODER: &str = include_str!("template/encoder.js");
const START: &str = include_str!("template/start.js");
const LOAD_WASM: &str = include_str!("template/load-wasm.js");
const LOAD_BYTES: &str = include_str!("template/load-bytes.js");
const LOAD_PLAIN: &str = include_str!("template/load-plain.js");

/// Names that a module cannot export: they are the loader's, or ours.
const TAKEN: &[&str] = &["init", "exports", "module", "require"];

/// The whole module.
pub(crate) fn common(pieces: &Pieces, name: &str, options: &Options) -> Result<String> {
    let (glue, exported) = without_exports(&pieces.glue)?;
    let glue = patched(glue)?;
    let internal = |name: &str| pieces.imports.contains(name) || name == "__wbg_set_wasm";
    let (imported, public): (Vec<_>, Vec<_>) =
        exported.into_iter().partition(|(outer, _)| internal(outer));
    for import in &pieces.imports {
        let found = imported.iter().any(|(outer, _)| outer == import);
        ensure!(
            found,
            "the glue lacks `{import}`: wasm-bindgen has changed it"
        );
    }
    let mut parts = vec![HEAD.to_owned()];
    for (codec, mark) in [(DECODER, "new $Decoder("), (ENCODER, "new $Encoder(")] {
        parts.extend(glue.contains(mark).then(|| codec.to_owned()));
    }
    parts.push(glue);
    parts.push(public_names(&public)?);
    parts.push(import_object(pieces));
    parts.push(START.to_owned());
    parts.push(match options.form {
        Form::Wasm if options.target.takes_bytes() => LOAD_BYTES
            .replace("$LOADER", options.target.loader())
            .replace("$NAME", name),
        Form::Wasm => LOAD_WASM
            .replace("$LOADER", options.target.loader())
            .replace("$NAME", name),
        Form::Js => format!("{}{LOAD_PLAIN}", plain::function(&pieces.wasm)?),
    });
    Ok(parts.join("\n"))
}

/// The text without `export`, and what was exported: name outside and inside.
fn without_exports(glue: &str) -> Result<(String, Vec<(String, String)>)> {
    let mut text = String::with_capacity(glue.len());
    let mut names = Vec::new();
    for line in glue.lines() {
        if line.starts_with("import ") {
            let from = line.split(['\'', '"']).nth(1).unwrap_or(line);
            bail!("the crate imports from `{from}`; a package has one script, and no such module");
        }
        let Some(declared) = line.strip_prefix("export ") else {
            text.extend([line, "\n"]);
            continue;
        };
        if let Some(list) = declared.strip_prefix("{ ") {
            let one = list.trim_end_matches([';', ' ', '}']);
            let (inner, outer) = one.split_once(" as ").unwrap_or((one, one));
            names.push((outer.trim_matches('\'').to_owned(), inner.to_owned()));
            continue;
        }
        let mut words = declared
            .split([' ', '(', '*'])
            .filter(|word| !word.is_empty());
        let keywords = ["async", "function", "class", "const", "let", "var"];
        let mut known = declared.split(' ').next().into_iter();
        ensure!(
            known.any(|word| keywords.contains(&word.trim_end_matches('*'))),
            "`{line}`: no such export is known"
        );
        let name = words.find(|word| !keywords.contains(word));
        let name = name.unwrap_or_default().to_owned();
        names.push((name.clone(), name));
        text.extend([declared, "\n"]);
    }
    Ok((text, names))
}

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
fn patched(mut glue: String) -> Result<String> {
    for patch in patches(&glue) {
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
        Patch::new(
            "new TextDecoder('utf-8', { ignoreBOM: true })",
            "new $Decoder()",
            decodes * 2,
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

fn public_names(public: &[(String, String)]) -> Result<String> {
    let mut text = String::new();
    for (outer, inner) in public {
        let taken = TAKEN.contains(&outer.as_str()) || TAKEN.contains(&inner.as_str());
        ensure!(
            !taken,
            "`{outer}` is the package's own: give it another name with `js_name`"
        );
        text += &format!("exports[{}] = {inner};\n", serde_json::to_string(outer)?);
    }
    Ok(text)
}

fn import_object(pieces: &Pieces) -> String {
    let fields = pieces
        .imports
        .iter()
        .map(|name| format!("  {name}: {name},\n"));
    let from = crate::pieces::GLUE;
    format!(
        "var $imports = {{ '{from}': {{\n{}}} }};\n",
        fields.collect::<String>()
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    const GLUE: &str = "let cachedDataViewMemory0 = null;
    if (cachedDataViewMemory0 === null || cachedDataViewMemory0.buffer.detached === true || \
(cachedDataViewMemory0.buffer.detached === undefined && cachedDataViewMemory0.buffer !== wasm.memory.buffer)) {
let cachedUint8ArrayMemory0 = null;
    if (cachedUint8ArrayMemory0 === null || cachedUint8ArrayMemory0.byteLength === 0) {
function __wbg_static_accessor_GLOBAL_THIS_1() {
    const ret = typeof globalThis === 'undefined' ? undefined : globalThis;
let cachedTextDecoder = new TextDecoder('utf-8', { ignoreBOM: true });
        cachedTextDecoder = new TextDecoder('utf-8', { ignoreBOM: true });
const cachedTextEncoder = new TextEncoder();
";

    #[test]
    fn a_glue_that_looks_otherwise_is_refused() {
        let text = patched(GLUE.to_owned()).unwrap();
        let moved = text.matches(".buffer !== wasm.memory.buffer)").count();
        assert_eq!((moved, text.matches("detached").count()), (2, 0));
        for lost in ["new TextDecoder", "new TextEncoder", "typeof globalThis"] {
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
        ] {
            let changed = GLUE.replacen(from, to, 1);
            assert!(changed != GLUE && patched(changed).is_err(), "{from}");
        }
        assert_eq!(patched(String::new()).unwrap(), "");
    }

    #[test]
    fn exports_are_taken_out_and_named() {
        let glue = "export class A {\n}\nexport function b() {}\nexport async function c() {}\n\
            export const D = 1;\nexport { e }\nexport { f as default };\nexport { g as 'a b' }\n";
        let (text, names) = without_exports(glue).unwrap();
        assert!(text.starts_with("class A {\n}\nfunction b() {}\nasync function c() {}\n"));
        let outer: Vec<_> = names.iter().map(|(outer, _)| outer.as_str()).collect();
        assert_eq!(outer, ["A", "b", "c", "D", "e", "default", "a b"]);
        assert_eq!(names[5].1, "f");
        for unknown in [
            "export default 1;",
            "export * from 'x';",
            "import { x } from 'y';",
        ] {
            assert!(without_exports(unknown).is_err(), "{unknown}");
        }
        assert!(public_names(&[("init".to_owned(), "init".to_owned())]).is_err());
    }
}
