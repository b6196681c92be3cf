//! Short names at the border: those of wasm-bindgen end in hashes, which no compression helps.

use anyhow::{Result, ensure};
use walrus::{ExportItem, Module};

/// What the glue calls an export.
const OBJECT: &str = "wasm.";

/// A name of the glue, and the module's for the same.
pub(crate) type Name = (String, String);

/// Names of functions at the border.
#[derive(Debug)]
pub(crate) struct Names {
    pub(crate) imports: Vec<Name>,
    exports: Vec<Name>,
}

impl Names {
    /// Those that the module has, or with `short` new ones, which it has then.
    pub(crate) fn of(module: &mut Module, short: bool) -> Self {
        let named = |at: usize, name: &mut String| {
            let before = name.clone();
            if short {
                *name = letters(at);
            }
            (before, name.clone())
        };
        let imports = module.imports.iter_mut().enumerate();
        let imports = imports.map(|(at, import)| named(at, &mut import.name));
        let imports = imports.collect();
        // The memory keeps its name: the views look for it, and hosts may.
        let is_function = |item: &ExportItem| matches!(item, ExportItem::Function(_));
        let exports = module.exports.iter_mut().filter(|it| is_function(&it.item));
        let exports = exports.enumerate();
        let exports = exports.map(|(at, export)| named(at, &mut export.name));
        let exports = exports.collect();
        Self { imports, exports }
    }

    /// The script with the module's names of exports.
    ///
    /// # Errors
    /// When it takes exports from the module in another way than by a dot and the name.
    pub(crate) fn applied(&self, script: &str) -> Result<String> {
        let mut text = String::with_capacity(script.len());
        for line in script.lines() {
            let start = line.trim_start();
            let comment = ["/*", "*", "//"].iter().any(|mark| start.starts_with(mark));
            ensure!(
                comment || !line.contains("wasm["),
                "wasm-bindgen has changed its glue: `{start}`"
            );
            text += &if comment {
                line.to_owned()
            } else {
                self.in_line(line)
            };
            text.push('\n');
        }
        Ok(text)
    }

    fn in_line(&self, line: &str) -> String {
        let mut parts = line.split(OBJECT);
        let mut text = parts.next().unwrap_or_default().to_owned();
        for part in parts {
            let own = !text.ends_with(is_part);
            let end = part.find(|letter| !is_part(letter)).unwrap_or(part.len());
            let (name, rest) = part.split_at(end);
            let known = self.exports.iter().find(|(glue, _)| own && glue == name);
            let name = known.map_or(name, |(_, module)| module);
            text.extend([OBJECT, name, rest]);
        }
        text
    }

    /// Whether the module imports what the glue calls so.
    pub(crate) fn has_import(&self, name: &str) -> bool {
        self.imports.iter().any(|(glue, _)| glue == name)
    }
}

/// Whether it may be in a name of JavaScript; others than these are in none of the glue's.
fn is_part(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || "_$.".contains(letter)
}

/// `a` to `Z`, then `aa` and so on.
fn letters(mut at: usize) -> String {
    const ALL: &[u8] = b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
    let mut name = String::new();
    loop {
        name.insert(0, char::from(ALL[at % ALL.len()]));
        if at < ALL.len() {
            return name;
        }
        at = at / ALL.len() - 1;
    }
}

#[cfg(test)]
mod tests {
    use walrus::FunctionBuilder;

    use super::*;

    /// A module that imports two functions and exports two.
    fn module() -> Module {
        let mut module = Module::default();
        let kind = module.types.add(&[], &[]);
        for name in ["__wbg_new_13de", "__wbg_set_2793"] {
            module.add_import_func("./glue_bg.js", name, kind);
        }
        for name in ["connect", "__wbindgen_malloc"] {
            let builder = FunctionBuilder::new(&mut module.types, &[], &[]);
            let function = builder.finish(Vec::new(), &mut module.funcs);
            module.exports.add(name, function);
        }
        let memory = module.memories.add_local(false, false, 1, None, None);
        module.exports.add("memory", memory);
        module
    }

    const SCRIPT: &str = "// wasm.connect of wasm[0]
let p = wasm.connect(wasm.__wbindgen_malloc, wasm.connected), v = wasm.memory.buffer;
mywasm.connect(my.wasm.connect);
";

    #[test]
    fn functions_at_the_border_have_letters_for_names() {
        let mut module = module();
        let names = Names::of(&mut module, true);
        let exports: Vec<_> = module.exports.iter().map(|it| &*it.name).collect();
        assert_eq!(exports, ["a", "b", "memory"]);
        let imports: Vec<_> = module.imports.iter().map(|it| &*it.name).collect();
        assert_eq!(imports, ["a", "b"]);
        assert_eq!(names.imports[1], ("__wbg_set_2793".into(), "b".into()));
        assert!(names.has_import("__wbg_set_2793") && !names.has_import("b"));
        let text = names.applied(SCRIPT).unwrap();
        let wanted = SCRIPT.replace("= wasm.connect(wasm.__wbindgen_malloc,", "= wasm.a(wasm.b,");
        assert_eq!(text, wanted);
        assert!(names.applied("wasm['a b']()").is_err());
    }

    #[test]
    fn names_stay_where_they_are_to_be_read() {
        let mut module = module();
        let names = Names::of(&mut module, false);
        assert!(module.exports.iter().any(|it| it.name == "connect"));
        assert_eq!(names.applied(SCRIPT).unwrap(), SCRIPT);
    }

    #[test]
    fn no_two_names_are_the_same() {
        let names: std::collections::BTreeSet<_> = (0..3000).map(letters).collect();
        assert_eq!(names.len(), 3000);
        assert_eq!([0, 51, 52, 2756].map(letters), ["a", "Z", "aa", "aaa"]);
    }
}
