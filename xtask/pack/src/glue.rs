//! wasm-bindgen's glue as a CommonJS module for hosts that lack much of it.

use anyhow::{Context as _, Result, bail, ensure};

use crate::names::Names;
use crate::pieces::Pieces;
use crate::{Form, Options, classes, patch, plain};

/// Parts of the module. Names with `$` are ours; no name that Rust can give is like them.
const HEAD: &str = include_str!("template/head.js");
const DECODER: &str = include_str!("template/decoder.js");
const DECODER_NATIVE: &str = include_str!("template/decoder-native.js");
const ENCODER: &str = include_str!("template/encoder.js");
const ENCODER_NATIVE: &str = include_str!("template/encoder-native.js");
const START: &str = include_str!("template/start.js");
const LOAD_WASM: &str = include_str!("template/load-wasm.js");
const LOAD_BYTES: &str = include_str!("template/load-bytes.js");
const LOAD_PLAIN: &str = include_str!("template/load-plain.js");

/// Names that a module cannot export: they are the loader's, or ours.
const TAKEN: &[&str] = &["init", "exports", "module", "require"];

/// The name of an export, and that of what it is in the script.
pub(crate) type Export = (String, String);

/// The whole module.
pub(crate) fn common(pieces: &Pieces, name: &str, options: &Options) -> Result<String> {
    let (glue, exported) = without_exports(&pieces.glue)?;
    let names = &pieces.names;
    let mut glue = names.applied(&patch::patched(glue)?)?;
    let public = public_of(exported, names, TAKEN)?;
    let mut parts = vec![HEAD.to_owned()];
    parts.extend(codecs(&glue, options).map(str::to_owned));
    if options.target.lacks_classes() {
        let replaced = classes::replaced(&glue)?;
        parts.extend((replaced != glue).then(|| classes::MEMBERS.to_owned()));
        glue = replaced;
    }
    parts.push(glue);
    parts.push(in_exports(&public)?);
    parts.push(import_object(pieces));
    parts.push(names.applied(START)?);
    parts.push(match options.form {
        Form::Wasm => {
            let bytes = options.target.takes_bytes();
            let load = if bytes { LOAD_BYTES } else { LOAD_WASM };
            let loader = options.target.loader().context("no loader")?;
            load.replace("$LOADER", loader).replace("$NAME", name)
        }
        Form::Js => format!("{}{LOAD_PLAIN}", plain::function(&pieces.wasm)?),
    });
    Ok(parts.join("\n"))
}

/// What the glue uses of them.
fn codecs(glue: &str, options: &Options) -> impl Iterator<Item = &'static str> {
    let interpreted = options.target.is_interpreted();
    let all = [
        (DECODER, "new $Decoder(", true),
        (DECODER_NATIVE, "new $Decoder(", interpreted),
        (ENCODER, "new $Encoder(", true),
        (ENCODER_NATIVE, "new $Encoder(", interpreted),
    ];
    let used = all.map(|(codec, mark, wanted)| (wanted && glue.contains(mark)).then_some(codec));
    used.into_iter().flatten()
}

/// The text without `export`, and what was exported: name outside and inside.
pub(crate) fn without_exports(glue: &str) -> Result<(String, Vec<Export>)> {
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

/// What the module does not take, but users. It has none of the names that are `taken`.
pub(crate) fn public_of(
    exported: Vec<Export>,
    names: &Names,
    taken: &[&str],
) -> Result<Vec<Export>> {
    let internal = |name: &str| names.has_import(name) || name == "__wbg_set_wasm";
    let (imported, public): (Vec<_>, Vec<_>) =
        exported.into_iter().partition(|(outer, _)| internal(outer));
    for (import, _) in &names.imports {
        let found = imported.iter().any(|(outer, _)| outer == import);
        ensure!(
            found,
            "the glue lacks `{import}`: wasm-bindgen has changed it"
        );
    }
    for (outer, inner) in &public {
        let is_taken = |name: &str| taken.contains(&name);
        ensure!(
            !is_taken(outer) && !is_taken(inner),
            "`{outer}` is the package's own: give it another name with `js_name`"
        );
    }
    Ok(public)
}

fn in_exports(public: &[Export]) -> Result<String> {
    let mut text = String::new();
    for (outer, inner) in public {
        text += &format!("exports[{}] = {inner};\n", serde_json::to_string(outer)?);
    }
    Ok(text)
}

pub(crate) fn import_object(pieces: &Pieces) -> String {
    let imports = pieces.names.imports.iter();
    let fields = imports.map(|(glue, module)| format!("  {module}: {glue},\n"));
    let from = crate::pieces::GLUE;
    format!(
        "var $imports = {{ '{from}': {{\n{}}} }};\n",
        fields.collect::<String>()
    )
}

#[cfg(test)]
mod tests {
    use super::*;

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
        let names = Names::of(&mut walrus::Module::default(), true);
        let init = ("init".to_owned(), "init".to_owned());
        assert!(public_of(vec![init.clone()], &names, TAKEN).is_err());
        assert_eq!(public_of(vec![init.clone()], &names, &[]).unwrap(), [init]);
    }
}
