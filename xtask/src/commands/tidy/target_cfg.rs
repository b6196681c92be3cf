//! Conditions on the target stand in few places.

use proc_macro2::{Span, TokenStream, TokenTree};

use super::tree::Tree;
use crate::findings::Findings;

/// The files that may ask for the target.
const ALLOWED: &[&str] = &[
    "crates/taro-socket-api/src/maybe_send.rs",
    // What some operating systems have and others do not.
    "crates/taro-socket-native/src/system.rs",
    // Not there at all off the browser's target.
    "crates/taro-socket-alipay/src/lib.rs",
    "crates/taro-socket-mini/src/lib.rs",
    "crates/taro-socket-rn/src/lib.rs",
    "crates/taro-socket-swan/src/lib.rs",
    "crates/taro-socket-weapp/src/lib.rs",
    "crates/taro-socket-h5/src/lib.rs",
    // Binds a crate that only Android has.
    "crates/taro-socket-native/src/tls/android.rs",
    "crates/taro-socket/examples/demo/src/lib.rs",
    "crates/taro-socket/src/selection.rs",
];

pub fn check(tree: &Tree, findings: &mut Findings) {
    // Tests of what is only there on one target have to say so.
    let library = |path: &str| path.starts_with("crates/") && path.contains("/src/");
    let files = tree.rust().filter(|file| library(&file.path));
    for file in files.filter(|file| !ALLOWED.contains(&file.path.as_str())) {
        let mut spans = Vec::new();
        scan(file.tokens().unwrap_or_default(), &mut spans);
        for span in spans {
            let line = span.start().line;
            findings.error(format!(
                "{}:{line}: asks for the target; only {} may",
                file.path,
                ALLOWED.join(", ")
            ));
        }
    }
}

fn scan(stream: TokenStream, spans: &mut Vec<Span>) {
    let mut condition = false;
    for token in stream {
        match token {
            TokenTree::Ident(word) => condition |= word == "cfg" || word == "cfg_attr",
            TokenTree::Group(group) => {
                if condition
                    && asks_for_target(group.stream())
                    && !names(group.stream(), "async_trait")
                {
                    spans.push(group.span());
                }
                condition = false;
                scan(group.stream(), spans);
            }
            TokenTree::Punct(punct) => condition &= punct.as_char() == '!',
            TokenTree::Literal(_) => condition = false,
        }
    }
}

fn asks_for_target(stream: TokenStream) -> bool {
    any_word(stream, &|word| {
        word.starts_with("target_") || word == "unix" || word == "windows"
    })
}

fn names(stream: TokenStream, name: &str) -> bool {
    any_word(stream, &|word| word == name)
}

fn any_word(stream: TokenStream, is: &dyn Fn(&str) -> bool) -> bool {
    stream.into_iter().any(|token| match token {
        TokenTree::Ident(word) => is(&word.to_string()),
        TokenTree::Group(group) => any_word(group.stream(), is),
        _ => false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::commands::tidy::tree::findings;

    const NATIVE: &str = "crates/taro-socket-native/src/lib.rs";

    #[test]
    fn a_condition_on_the_target_is_found() {
        for planted in [
            "#[cfg(target_family = \"wasm\")] fn f() {}",
            "fn f() { if cfg!(target_os = \"linux\") {} }",
            "#[cfg_attr(target_arch = \"wasm32\", derive(Debug))] struct S;",
            "mod m { #[cfg(any(test, unix))] fn f() {} }",
        ] {
            assert_eq!(findings(check, &[(NATIVE, planted)]).len(), 1, "{planted}");
            assert!(
                findings(
                    check,
                    &[
                        (ALLOWED[0], planted),
                        ("tests/a.rs", planted),
                        ("crates/taro-socket-h5/tests/a.rs", planted)
                    ]
                )
                .is_empty()
            );
        }
    }

    #[test]
    fn other_conditions_and_async_trait_are_none() {
        let fine = "#[cfg(feature = \"a\")] fn f() {}\n// cfg(unix)\n\
            #[cfg_attr(not(target_family = \"wasm\"), async_trait)] trait T {}";
        assert!(findings(check, &[(NATIVE, fine)]).is_empty());
    }
}
