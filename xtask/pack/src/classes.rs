//! Classes of the glue for engines that have none.
//!
//! A class becomes a function, and its methods those of object literals, in which they are written alike.

use anyhow::{Context as _, Result, ensure};

/// What the result calls.
pub(crate) const MEMBERS: &str = include_str!("template/members.js");

/// How far wasm-bindgen indents a member of a class.
const INDENT: &str = "    ";

/// The members of a class, each with its body.
#[derive(Debug, Default)]
struct Class {
    name: String,
    constructor: String,
    methods: String,
    statics: String,
}

impl Class {
    /// The class whose declaration is `head`.
    fn new(head: &str) -> Result<Self> {
        let name = head
            .strip_prefix("class ")
            .and_then(|it| it.strip_suffix(" {"));
        let name = name.filter(|name| !name.contains(' '));
        let name = name.with_context(|| {
            format!("`{head}`: Hermes has no classes, and only plain ones can be replaced")
        })?;
        let constructor = format!("function {name}() {{\n}}\n");
        Ok(Self {
            name: name.to_owned(),
            constructor,
            ..Self::default()
        })
    }

    fn add(&mut self, member: &str) {
        if let Some(rest) = member.strip_prefix("constructor(") {
            self.constructor = format!("function {}({rest}", self.name);
        } else if let Some(rest) = member.strip_prefix("static ") {
            self.statics += &format!("{}, ", rest.trim_end());
        } else {
            self.methods += &format!("{}, ", member.trim_end());
        }
    }

    fn text(&self) -> String {
        let Self {
            name,
            constructor,
            methods,
            statics,
        } = self;
        let mut text = constructor.clone();
        for (of, members) in [
            (format!("{name}.prototype"), methods),
            (name.clone(), statics),
        ] {
            if !members.is_empty() {
                text += &format!("$members({of}, {{ {members}}});\n");
            }
        }
        text
    }
}

/// The glue without classes. One that looks otherwise than wasm-bindgen's is an error.
pub(crate) fn replaced(glue: &str) -> Result<String> {
    let mut text = String::with_capacity(glue.len());
    let mut lines = glue.lines();
    while let Some(line) = lines.next() {
        if line.starts_with("class ") {
            text += &class(line, &mut lines)?.text();
        } else {
            text.extend([line, "\n"]);
        }
    }
    Ok(text)
}

/// Reads up to the end of the class.
fn class<'a>(head: &str, lines: &mut impl Iterator<Item = &'a str>) -> Result<Class> {
    let mut class = Class::new(head)?;
    while let Some(line) = lines.next() {
        if line == "}" {
            return Ok(class);
        }
        let (first, trimmed) = (line.strip_prefix(INDENT), line.trim_start());
        if trimmed.starts_with("/**") || trimmed.starts_with('*') {
            continue;
        }
        let first = first.filter(|it| !it.starts_with(' ') && it.ends_with('{'));
        let first = first.with_context(|| format!("`{head}`: no member begins with `{line}`"))?;
        class.add(&member(first, lines)?);
    }
    anyhow::bail!("`{head}` has no end")
}

/// A member from its first line to its brace, on the lines that it had.
fn member<'a>(first: &str, lines: &mut impl Iterator<Item = &'a str>) -> Result<String> {
    let mut text = format!("{first}\n");
    for line in lines {
        if line.strip_prefix(INDENT) == Some("}") {
            return Ok(text + "}\n");
        }
        ensure!(
            line.starts_with(INDENT) || line.is_empty(),
            "`{first}` has no end"
        );
        text.extend([line, "\n"]);
    }
    anyhow::bail!("`{first}` has no end")
}

#[cfg(test)]
mod tests {
    use super::*;

    const CLASS: &str = "before();
class Counter {
    /**
     * Begins.
     * @param {number} from
     */
    constructor(from) {
        this.__wbg_ptr = from;
    }
    static __wrap(ptr) {
        return Object.create(Counter.prototype);
    }
    get count() {
        if (this) {
        }
        return 1;
    }
    [Symbol.iterator]() {
    }
}
if (Symbol.dispose) Counter.prototype[Symbol.dispose] = Counter.prototype.free;
";

    #[test]
    fn members_keep_their_text() {
        let text = replaced(CLASS).unwrap();
        let wanted = "before();
function Counter(from) {
        this.__wbg_ptr = from;
}
$members(Counter.prototype, { get count() {
        if (this) {
        }
        return 1;
}, [Symbol.iterator]() {
}, });
$members(Counter, { __wrap(ptr) {
        return Object.create(Counter.prototype);
}, });
if (Symbol.dispose) Counter.prototype[Symbol.dispose] = Counter.prototype.free;
";
        assert_eq!(text, wanted);
        let bare = "class A {\n    free() {\n    }\n}\n";
        assert!(
            replaced(bare)
                .unwrap()
                .starts_with("function A() {\n}\n$members(A.prototype, {")
        );
    }

    #[test]
    fn a_class_that_looks_otherwise_is_refused() {
        for (from, to) in [
            ("class Counter {", "class Counter extends Error {"),
            ("    get count() {", "    field = 1;"),
            ("    get count() {", "  get count() {"),
            ("    [Symbol.iterator]() {\n    }\n}\n", ""),
            (
                "    [Symbol.iterator]() {\n    }\n",
                "    [Symbol.iterator]() {\n",
            ),
        ] {
            let changed = CLASS.replacen(from, to, 1);
            assert!(
                changed != CLASS && replaced(&changed).is_err(),
                "{from} {to}"
            );
        }
    }
}
