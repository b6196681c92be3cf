//! Functions that only the table keeps, and that nobody finds there.
//!
//! A compiler merges functions with equal bodies, so a name is not enough: each of these has something in its body
//! that no other function can have.

use walrus::{ElementItems, FunctionBuilder, FunctionId, Module};

/// How their names begin; no other crate can have such names.
const UNUSED: &[&str] = &[
    // What JavaScript calls a closure by. Their places in the table stand in descriptors alone, which wasm-bindgen has
    // read and removed; those of closures that JavaScript may get it has exported. In each is a text of its own.
    "wasm_bindgen::convert::closures::_::invoke::",
    // They wake tasks of JSPI, which wasm-bindgen has taken out (cli-support, transforms/jspi.rs: "can never be called")
    // or has refused, since it needs reference types. In the first is the address of their table, in the others a
    // call of JSPI.
    "js_sys::futures::jspi::task_waker::raw_clone::",
    "js_sys::futures::jspi::task_waker::raw_wake::",
    "js_sys::futures::jspi::task_waker::raw_wake_by_ref::",
];

/// Takes them out of the table; in their places is a function that traps. What is exported stays an export.
pub(crate) fn remove_unused(module: &mut Module) {
    let is_unused = |id: &FunctionId| {
        let name = module.funcs.get(*id).name.as_deref().unwrap_or_default();
        UNUSED.iter().any(|unused| name.starts_with(unused))
    };
    let items = module.elements.iter().filter_map(|part| match &part.items {
        ElementItems::Functions(functions) => Some(functions),
        ElementItems::Expressions(..) => None,
    });
    let all: Vec<FunctionId> = items.flatten().copied().filter(is_unused).collect();
    if all.is_empty() {
        return;
    }
    let mut builder = FunctionBuilder::new(&mut module.types, &[], &[]);
    builder.func_body().unreachable();
    let trap = builder.finish(Vec::new(), &mut module.funcs);
    for part in module.elements.iter_mut() {
        if let ElementItems::Functions(functions) = &mut part.items {
            for function in functions.iter_mut().filter(|id| all.contains(id)) {
                *function = trap;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use walrus::{ConstExpr, ElementKind, RefType, ir::Value};

    use super::*;

    /// A module whose table has functions of these names.
    fn with(names: &[&str]) -> Module {
        let mut module = Module::default();
        let table = module.tables.add_local(false, 9, None, RefType::FUNCREF);
        let functions = names.iter().map(|name| {
            let mut builder = FunctionBuilder::new(&mut module.types, &[], &[]);
            builder.name((*name).to_owned());
            builder.finish(Vec::new(), &mut module.funcs)
        });
        let items = ElementItems::Functions(functions.collect());
        let offset = ConstExpr::Value(Value::I32(1));
        let kind = ElementKind::Active { table, offset };
        let part = module.elements.add(kind, items);
        module.tables.get_mut(table).elem_segments.insert(part);
        module
    }

    fn names(module: &Module) -> Vec<Option<&str>> {
        let mut names = Vec::new();
        for part in module.elements.iter() {
            if let ElementItems::Functions(functions) = &part.items {
                names.extend(
                    functions
                        .iter()
                        .map(|id| module.funcs.get(*id).name.as_deref()),
                );
            }
        }
        names
    }

    #[test]
    fn only_what_nobody_finds_leaves_the_table() {
        let invoke = "wasm_bindgen::convert::closures::_::invoke::h1b96f2bb1793a393";
        let waker = "js_sys::futures::jspi::task_waker::raw_wake::h70441befbf97c89c";
        let others = [
            "chat::invoke::h1",
            "js_sys::futures::jspi::task_waker::raw_drop::h1",
        ];
        let mut module = with(&[invoke, others[0], waker, others[1], invoke]);
        remove_unused(&mut module);
        let kept = others.map(Some);
        assert_eq!(names(&module), [None, kept[0], None, kept[1], None]);
        let before = module.funcs.iter().count();
        remove_unused(&mut module);
        assert_eq!(module.funcs.iter().count(), before);
    }
}
