//! No file knows the machine on which it was written.

use super::tree::Tree;
use crate::findings::Findings;

/// Folders of people and machines; in two parts, so that this file holds none itself.
const BEGINNINGS: &[(&str, &str)] = &[
    ("/", "home/"),
    ("/", "root/"),
    ("/", "work/"),
    ("/", "Users/"),
    ("/", "tmp/"),
    ("C:", "\\"),
];

pub fn check(tree: &Tree, findings: &mut Findings) {
    for file in tree.files() {
        for (at, line) in file.text.lines().enumerate() {
            for (root, rest) in BEGINNINGS {
                let beginning = format!("{root}{rest}");
                if is_absolute(line, &beginning) {
                    findings.error(format!(
                        "{}:{}: a path of one machine, {beginning}…",
                        file.path,
                        at + 1
                    ));
                }
            }
        }
    }
}

/// Whether a path begins so in this line, rather than going on.
fn is_absolute(line: &str, beginning: &str) -> bool {
    line.match_indices(beginning).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        before.is_none_or(|character| {
            !character.is_alphanumeric() && !"._-/})$~*".contains(character)
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::commands::tidy::tree::findings;

    #[test]
    fn a_path_of_one_machine_is_found() {
        for (root, rest) in BEGINNINGS {
            let planted = format!("see `{root}{rest}someone/x`");
            assert_eq!(
                findings(check, &[("docs/A.md", &planted)]).len(),
                1,
                "{planted}"
            );
            assert!(findings(check, &[("docs/A.md", &format!("a{root}{rest}x"))]).is_empty());
        }
    }
}
