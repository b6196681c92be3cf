//! A Rust source as its tokens, free of documentation and formatting.

use std::io;

use proc_macro2::{Delimiter, Group, Spacing, TokenStream, TokenTree};

/// Operators of more than one character, longest first. `>>` is left out: it may
/// also close two lists of generics, and `> >` is no other expression.
const OPERATORS: &[&str] = &[
    "<<=", "...", "..=", "&&", "||", "<<", "::", "->", "=>", "==", "!=", "<=", "+=", "-=", "*=",
    "/=", "%=", "^=", "&=", "|=", "..",
];

/// Words before a parenthesis that do not make it the arguments of a call.
const KEYWORDS: &[&str] = &[
    "as", "break", "dyn", "else", "for", "if", "impl", "in", "let", "match", "move", "mut", "ref",
    "return", "while", "yield",
];

/// The tokens, one per line. Attributes `#[doc ..]`, and with them comments of
/// documentation, are left out, and so are commas that only formatting puts there.
pub(super) fn normalise(source: &str) -> io::Result<Vec<u8>> {
    let stream: TokenStream = source
        .parse()
        .map_err(|error| io::Error::new(io::ErrorKind::InvalidData, format!("{error}")))?;
    let mut text = String::new();
    write_stream(stream, &mut text);
    Ok(text.into_bytes())
}

fn write_stream(stream: TokenStream, text: &mut String) {
    let tokens = without_documentation(stream);
    let mut at = 0;
    while at < tokens.len() {
        match &tokens[at] {
            TokenTree::Group(group) => {
                write_group(group, is_call(tokens[..at].last()), text);
                at += 1;
            }
            TokenTree::Punct(_) => {
                let operator = operator_at(&tokens[at..]);
                let last_of_generics = operator == "," && is_punct(tokens.get(at + 1), '>');
                if !last_of_generics {
                    line(text, &operator);
                }
                at += operator.len();
            }
            other => {
                line(text, &other.to_string());
                at += 1;
            }
        }
    }
}

fn write_group(group: &Group, call: bool, text: &mut String) {
    let (open, close) = match group.delimiter() {
        Delimiter::Parenthesis => ("(", ")"),
        Delimiter::Brace => ("{", "}"),
        Delimiter::Bracket => ("[", "]"),
        Delimiter::None => ("", ""),
    };
    let mut tokens: Vec<TokenTree> = group.stream().into_iter().collect();
    let commas = tokens
        .iter()
        .filter(|token| is_punct(Some(token), ','))
        .count();
    // `(a,)` is a tuple of one, unless it is the list of a call's arguments.
    let optional = group.delimiter() != Delimiter::Parenthesis || call || commas > 1;
    if optional && is_punct(tokens.last(), ',') {
        tokens.pop();
    }
    line(text, open);
    write_stream(tokens.into_iter().collect(), text);
    line(text, close);
}

fn without_documentation(stream: TokenStream) -> Vec<TokenTree> {
    let mut kept: Vec<TokenTree> = Vec::new();
    for token in stream {
        if !is_doc_attribute(&token) {
            kept.push(token);
        } else if is_punct(kept.last(), '#') {
            kept.pop();
        } else if let [.., hash, bang] = &kept[..]
            && is_punct(Some(hash), '#')
            && is_punct(Some(bang), '!')
        {
            kept.truncate(kept.len() - 2);
        } else {
            kept.push(token);
        }
    }
    kept
}

/// Whether the token is the bracket of `#[doc ..]` or `#![doc ..]`.
fn is_doc_attribute(token: &TokenTree) -> bool {
    let TokenTree::Group(group) = token else {
        return false;
    };
    let first = group.stream().into_iter().next();
    group.delimiter() == Delimiter::Bracket
        && matches!(first, Some(TokenTree::Ident(word)) if word == "doc")
}

/// The operator that begins here. The compiler splits joint characters by this
/// list, so `a=-1` and `a = -1` are the same tokens.
fn operator_at(tokens: &[TokenTree]) -> String {
    let mut joint = String::new();
    for token in tokens {
        let TokenTree::Punct(punct) = token else {
            break;
        };
        joint.push(punct.as_char());
        if punct.spacing() == Spacing::Alone {
            break;
        }
    }
    let known = OPERATORS
        .iter()
        .find(|&&operator| joint.starts_with(operator));
    known.map_or_else(|| joint.chars().take(1).collect(), ToString::to_string)
}

fn is_call(before: Option<&TokenTree>) -> bool {
    match before {
        Some(TokenTree::Ident(word)) => !KEYWORDS.contains(&word.to_string().as_str()),
        other => is_punct(other, '!'),
    }
}

fn is_punct(token: Option<&TokenTree>, character: char) -> bool {
    matches!(token, Some(TokenTree::Punct(punct)) if punct.as_char() == character)
}

fn line(text: &mut String, token: &str) {
    text.push_str(token);
    text.push('\n');
}

#[cfg(test)]
mod tests {
    use super::normalise;

    #[track_caller]
    fn same(left: &str, right: &str) {
        assert_eq!(
            normalise(left).unwrap(),
            normalise(right).unwrap(),
            "{left} | {right}"
        );
    }

    #[track_caller]
    fn different(left: &str, right: &str) {
        assert_ne!(
            normalise(left).unwrap(),
            normalise(right).unwrap(),
            "{left} | {right}"
        );
    }

    #[test]
    fn comments_and_documentation_do_not_count() {
        same(
            "//! Module.\n/// Item.\nfn f() {} // end",
            "fn f() { /* nothing */ }",
        );
        same("#![doc = \"x\"] #[doc(hidden)] fn f() {}", "fn f() {}");
        different("#[inline] fn f() {}", "fn f() {}");
    }

    #[test]
    fn formatting_does_not_count() {
        same(
            "fn f(a:u8,)->Vec<Vec<u8>>{g(a,)}",
            "fn f(a: u8) -> Vec<Vec<u8,>, > {\n g(a)\n}",
        );
        same("let a=-1;", "let a = -1;");
        same("[1, 2,]", "[1, 2]");
        same("g(\n    a,\n    b,\n)", "g(a, b)");
    }

    #[test]
    fn code_counts() {
        different("fn f() { 1 }", "fn f() { 2 }");
        different("a & &b", "a && b");
        different("let t = (a,);", "let t = (a);");
        different("\"a b\"", "\"a  b\"");
        different("return (a,)", "return (a)");
    }

    #[test]
    fn a_source_that_does_not_parse_is_an_error() {
        assert!(normalise("fn f( {").is_err());
    }
}
