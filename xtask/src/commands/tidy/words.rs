//! What no source may hold: tests that are not run, and code that is not there.

use proc_macro2::{Delimiter, TokenStream, TokenTree};

use super::tree::{File, Tree};
use crate::findings::Findings;

const MACROS: &[&str] = &["dbg", "todo", "unimplemented"];
const ATTRIBUTES: &[&str] = &["ignore", "should_panic"];

pub fn check(tree: &Tree, findings: &mut Findings) {
    for file in tree.rust() {
        if let Some(tokens) = file.tokens() {
            if file.path.starts_with("crates/") && file.path.contains("/src/") {
                leaks(&file.path, tokens.clone(), findings);
            }
            scan(&file.path, tokens, findings);
        }
        code_blocks(file, findings);
    }
}

fn scan(path: &str, stream: TokenStream, findings: &mut Findings) {
    let tokens: Vec<_> = stream.into_iter().collect();
    for (at, token) in tokens.iter().enumerate() {
        match token {
            TokenTree::Ident(word)
                if is_bang(tokens.get(at + 1)) && is_group(tokens.get(at + 2)) =>
            {
                let word = word.to_string();
                if MACROS.contains(&word.as_str()) {
                    findings.error(format!("{path}:{}: `{word}!`", token.span().start().line));
                }
            }
            TokenTree::Group(group) => {
                if group.delimiter() == Delimiter::Bracket
                    && is_hash(at.checked_sub(1).and_then(|at| tokens.get(at)))
                {
                    attribute(path, group.stream(), findings);
                }
                scan(path, group.stream(), findings);
            }
            _ => {}
        }
    }
}

/// A forgotten closure lives as long as the page.
fn leaks(path: &str, stream: TokenStream, findings: &mut Findings) {
    let tokens: Vec<_> = stream.into_iter().collect();
    for (at, token) in tokens.iter().enumerate() {
        match token {
            TokenTree::Group(group) => leaks(path, group.stream(), findings),
            TokenTree::Ident(word) if is_call_of_forget(&tokens, at) => {
                let line = word.span().start().line;
                findings.error(format!(
                    "{path}:{line}: `forget` leaks: keep it and drop it"
                ));
            }
            _ => {}
        }
    }
}

/// `.forget()` or `forget(..)`, and `into_js_value`, which forgets a closure too.
fn is_call_of_forget(tokens: &[TokenTree], at: usize) -> bool {
    let leaks = |word: &proc_macro2::Ident| word == "forget" || word == "into_js_value";
    let named = matches!(&tokens[at], TokenTree::Ident(word) if leaks(word));
    named && is_group(tokens.get(at + 1))
}

fn attribute(path: &str, stream: TokenStream, findings: &mut Findings) {
    if let Some(TokenTree::Ident(word)) = stream.into_iter().next() {
        let name = word.to_string();
        if ATTRIBUTES.contains(&name.as_str()) {
            findings.error(format!("{path}:{}: `#[{name}]`", word.span().start().line));
        }
    }
}

/// Code blocks of documentation count as tests.
fn code_blocks(file: &File, findings: &mut Findings) {
    for (at, line) in file.text.lines().enumerate() {
        let line = line.trim_start();
        let Some(text) = line
            .strip_prefix("///")
            .or_else(|| line.strip_prefix("//!"))
        else {
            continue;
        };
        let Some(language) = text.trim_start().strip_prefix("```") else {
            continue;
        };
        let mut words = language.split(',').map(str::trim);
        if words.any(|word| ATTRIBUTES.contains(&word)) {
            findings.error(format!(
                "{}:{}: a code block that is not run",
                file.path,
                at + 1
            ));
        }
    }
}

fn is_bang(token: Option<&TokenTree>) -> bool {
    matches!(token, Some(TokenTree::Punct(punct)) if punct.as_char() == '!')
}

fn is_hash(token: Option<&TokenTree>) -> bool {
    matches!(token, Some(TokenTree::Punct(punct)) if punct.as_char() == '#')
}

fn is_group(token: Option<&TokenTree>) -> bool {
    matches!(token, Some(TokenTree::Group(_)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::commands::tidy::tree::findings;

    #[test]
    fn each_word_is_found_where_it_is_code() {
        for planted in [
            "fn f() { todo!() }",
            "fn f() { let x = dbg!(1); }",
            "fn f() { unimplemented!(\"later\") }",
            "#[test]\n#[ignore]\nfn f() {}",
            "mod m { #[ignore = \"slow\"] fn f() {} }",
            "#[should_panic(expected = \"x\")] fn f() {}",
            "/// ```ignore\n/// x\n/// ```\nfn f() {}",
            "//! ```rust,should_panic\n",
        ] {
            assert_eq!(findings(check, &[("a.rs", planted)]).len(), 1, "{planted}");
        }
    }

    #[test]
    fn words_in_texts_and_names_are_none() {
        let fine = "// todo!()\nfn ignore() { f(\"todo!()\"); todo(); a != todo; } /// ```no_run\nfn g() {}";
        assert_eq!(findings(check, &[("a.rs", fine)]), Vec::<String>::new());
    }

    #[test]
    fn forgotten_closures_are_found_in_libraries() {
        let planted =
            "fn f() { closure.forget(); std::mem::forget(x); let y = z.into_js_value(); }";
        assert_eq!(findings(check, &[("crates/a/src/a.rs", planted)]).len(), 3);
        let fine = "fn f() { set.forget_lost(); let forget = 1; }";
        assert!(
            findings(
                check,
                &[("crates/a/src/a.rs", fine), ("tests/a.rs", planted)]
            )
            .is_empty()
        );
    }

    #[test]
    fn the_place_is_told() {
        assert_eq!(
            findings(check, &[("a.rs", "\nfn f() {\n  todo!()\n}")]),
            ["a.rs:3: `todo!`"]
        );
    }
}
