//! The module as plain JavaScript.

use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result, ensure};

use crate::data;
use crate::pieces::GLUE;

/// What Binaryen calls the exports.
const EXPORTS: &str = "var retasmFunc = asmFunc(";

/// A function `$instantiate` that does with imports what the host's loader does with a module.
pub(crate) fn function(wasm: &Path) -> Result<String> {
    let js = wasm.with_extension("plain.js");
    taro_socket_web::wasm_to_js(wasm, &js).context("the module has no plain form")?;
    wrapped(&fs::read_to_string(&js)?)
}

/// Binaryen writes an ES module: an import, and an export for each of the module's.
fn wrapped(module: &str) -> Result<String> {
    let mut body = String::with_capacity(module.len());
    let mut exports = 0;
    for line in module.lines() {
        if let Some(import) = line.strip_prefix("import * as ") {
            let known = import.split_once(" from ");
            let known = known.filter(|(_, from)| from.trim_end_matches(';') == format!("'{GLUE}'"));
            let (name, _) = known.with_context(|| format!("`{line}`: no such import is known"))?;
            body += &format!("var {name} = $imports['{GLUE}'];\n");
        } else if line.starts_with("export var ") {
            exports += 1;
        } else {
            body.extend([line, "\n"]);
        }
    }
    let rest = |word| body.lines().any(|line| line.starts_with(word));
    ensure!(
        exports > 0 && body.matches(EXPORTS).count() == 1 && !rest("import ") && !rest("export "),
        "Binaryen has changed the form of its plain modules"
    );
    let body = data::as_texts(&body)?;
    Ok(format!(
        "function $instantiate($imports) {{\n{body}return {{ exports: retasmFunc }};\n}}\n\n"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    const MODULE: &str = "import * as $_x from './glue_bg.js';\nfunction asmFunc(imports) {}\n\
        var retasmFunc = asmFunc({\n  './glue_bg.js': $_x,\n});\nexport var a = retasmFunc.a;\n";

    #[test]
    fn a_module_of_another_form_is_refused() {
        let text = wrapped(MODULE).unwrap();
        assert!(text.contains("var $_x = $imports['./glue_bg.js'];"));
        assert!(!text.contains("export var") && !text.contains("import *"));
        for (from, to) in [
            ("./glue_bg.js'", "env'"),
            ("import * as $_x from", "import $_x from"),
            ("export var a =", "export default"),
            ("retasmFunc", "exported"),
        ] {
            assert!(wrapped(&MODULE.replacen(from, to, 1)).is_err(), "{from}");
        }
    }
}
