//! What may cross the border between the module and JavaScript.

use anyhow::{Result, bail, ensure};
use walrus::{ExportItem, FunctionId, ImportKind, Module, ModuleConfig, ValType};

use crate::{Options, version};

/// Where wasm-bindgen's macro leaves what it knows.
const SECTION: &str = "__wasm_bindgen_unstable";

/// Reads a module that cargo made.
pub(crate) fn read(bytes: &[u8], options: &Options) -> Result<Module> {
    let mut config = ModuleConfig::new();
    config.generate_name_section(options.debug);
    let mut module = config.parse(bytes)?;
    check_version(&module)?;
    if !options.target.is_browser() {
        // The standard library announces reference types, which the crate was built without.
        // Without this section wasm-bindgen looks at what is really there.
        module.customs.remove_raw("target_features");
    }
    Ok(module)
}

/// The crate uses wasm-bindgen, in the one version that is known.
fn check_version(module: &Module) -> Result<()> {
    let mut sections = module.customs.iter().filter(|(_, it)| it.name() == SECTION);
    let Some((_, section)) = sections.next() else {
        bail!("the crate does not use wasm-bindgen: nothing of it can be called");
    };
    let data = section.data(&Default::default());
    let text = String::from_utf8_lossy(&data);
    let mut versions = text.split("\"version\":\"").skip(1).peekable();
    ensure!(versions.peek().is_some(), "no version in {SECTION}");
    versions.try_for_each(|version| {
        // A version of git has its commit after a blank.
        version::check(version.split(['"', ' ']).next().unwrap_or_default())
    })
}

/// Refuses integers of 64 bits: engines without BigInt cannot hand them over, plain JavaScript splits them.
pub(crate) fn check_integers(module: &Module) -> Result<()> {
    let mut wide = Vec::new();
    for export in module.exports.iter() {
        if let ExportItem::Function(id) = export.item
            && is_wide(module, id)
        {
            wide.push(format!("`{}` (exported)", export.name));
        }
    }
    for import in module.imports.iter() {
        if let ImportKind::Function(id) = import.kind
            && is_wide(module, id)
        {
            wide.push(format!("`{}` (imported)", import.name));
        }
    }
    ensure!(
        wide.is_empty(),
        "integers of 64 bits cannot be handed over everywhere; use f64, u32 or a text in {}",
        wide.join(", ")
    );
    Ok(())
}

fn is_wide(module: &Module, function: FunctionId) -> bool {
    let kind = module.types.get(module.funcs.get(function).ty());
    let mut values = kind.params().iter().chain(kind.results());
    values.any(|value| *value == ValType::I64)
}

/// Removes exported globals: WeChat on iOS has none, and nothing reads them.
pub(crate) fn remove_globals(module: &mut Module) {
    let all = module.exports.iter();
    let globals = all.filter(|export| matches!(export.item, ExportItem::Global(_)));
    let ids: Vec<_> = globals.map(|export| export.id()).collect();
    for id in ids {
        module.exports.delete(id);
    }
}

#[cfg(test)]
mod tests {
    use walrus::RawCustomSection;

    use super::*;
    use crate::version::VERSION;

    fn of_version(text: &str) -> Result<()> {
        let mut module = Module::default();
        module.customs.add(RawCustomSection {
            name: SECTION.to_owned(),
            data: text.as_bytes().to_vec(),
        });
        check_version(&module)
    }

    #[test]
    fn other_versions_of_wasm_bindgen_are_refused() {
        let text =
            |version| format!("\0{{\"schema_version\":\"0.2.130\",\"version\":\"{version}\"}}");
        of_version(&text(VERSION)).unwrap();
        of_version(&text("0.2.130 (3c3b4a1)")).unwrap();
        let error = of_version(&(text(VERSION) + &text("0.2.100"))).unwrap_err();
        assert!(error.to_string().contains("uses wasm-bindgen 0.2.100"));
        assert!(of_version("").is_err());
        let error = check_version(&Module::default()).unwrap_err();
        assert!(error.to_string().contains("does not use wasm-bindgen"));
    }
}
