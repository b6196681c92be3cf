//! The test server's page lists exactly its routes.

use std::collections::BTreeSet;

use proc_macro2::{TokenStream, TokenTree};

use super::tree::{File, Tree};
use crate::findings::Findings;

const SOURCE: &str = "tests/protocol/src/behavior.rs";
const PAGE: &str = "tests/server/PROTOCOL.md";
const HEADING: &str = "## Routes";

pub fn check(tree: &Tree, findings: &mut Findings) {
    let (Some(source), Some(page)) = (tree.file(SOURCE), tree.file(PAGE)) else {
        if tree.exists("tests/server/Cargo.toml") {
            findings.error(format!("{SOURCE} or {PAGE} is missing"));
        }
        return;
    };
    let (routes, listed) = (routes(source.tokens().unwrap_or_default()), listed(page));
    if routes.is_empty() {
        findings.error(format!("{SOURCE}: no list `ROUTES`"));
    }
    for route in routes.difference(&listed) {
        findings.error(format!("{PAGE}: `{route}` is not listed under `{HEADING}`"));
    }
    for route in listed.difference(&routes) {
        findings.error(format!("{PAGE}: `{route}` is no route of {SOURCE}"));
    }
}

/// The texts of the list that follows the name `ROUTES` and an equals sign.
fn routes(stream: TokenStream) -> BTreeSet<String> {
    let rest = stream
        .into_iter()
        .skip_while(|token| !matches!(token, TokenTree::Ident(word) if word == "ROUTES"));
    let value = rest
        .skip_while(|token| !matches!(token, TokenTree::Punct(punct) if punct.as_char() == '='));
    let list = value.into_iter().find_map(|token| match token {
        TokenTree::Group(group) => Some(group.stream()),
        _ => None,
    });
    let items = list.into_iter().flatten().filter_map(|token| match token {
        TokenTree::Literal(text) => Some(text.to_string().trim_matches('"').to_owned()),
        _ => None,
    });
    items.collect()
}

/// The items under the heading; an item begins with its route as a code span.
fn listed(page: &File) -> BTreeSet<String> {
    let lines = page
        .text
        .lines()
        .skip_while(|line| line.trim_end() != HEADING)
        .skip(1);
    let section = lines.take_while(|line| !line.starts_with("## "));
    let items = section.filter_map(|line| line.strip_prefix("- `")?.split('`').next());
    items
        .map(|item| item.split('?').next().unwrap_or(item).to_owned())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::commands::tidy::tree::findings;

    const ROUTES: (&str, &str) = (
        SOURCE,
        "/// All.\npub const ROUTES: &[&str] = &[\"/close\", \"/echo\"];",
    );

    #[test]
    fn a_route_that_is_not_listed_and_one_that_is_not_there_are_found() {
        let page = |text| [ROUTES, (PAGE, text)];
        let good = "# P\n## Routes\n- `/close` closes\n- `/echo` echoes\n## Control\n- `/control/seen` tells\n";
        assert!(findings(check, &page(good)).is_empty());
        assert_eq!(findings(check, &page("## Routes\n- `/close`\n")).len(), 1);
        assert_eq!(
            findings(
                check,
                &page("## Routes\n- `/close`\n- `/echo`\n- `/other`\n")
            )
            .len(),
            1
        );
    }
}
