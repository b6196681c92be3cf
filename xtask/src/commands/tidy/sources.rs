//! Every source says first what it is, and is short.

use super::tree::{File, Tree};
use crate::findings::Findings;

/// Lines of a file beyond which it is to be looked at, and beyond which it is refused.
const SOFT_LIMIT: usize = 400;
const HARD_LIMIT: usize = 600;

pub fn check(tree: &Tree, findings: &mut Findings) {
    for file in tree.rust() {
        first_line(file, findings);
        length(file, findings);
    }
}

fn first_line(file: &File, findings: &mut Findings) {
    let first = file.text.lines().next().unwrap_or_default();
    if first
        .strip_prefix("//!")
        .is_none_or(|words| words.trim().is_empty())
    {
        findings.error(format!(
            "{}:1: the first line must be `//!` and say what the file is",
            file.path
        ));
    }
}

fn length(file: &File, findings: &mut Findings) {
    let lines = file.text.lines().count();
    if lines > HARD_LIMIT {
        findings.error(format!(
            "{}: {lines} lines, more than {HARD_LIMIT}",
            file.path
        ));
    } else if lines > SOFT_LIMIT {
        findings.warn(format!(
            "{}: {lines} lines, more than {SOFT_LIMIT}",
            file.path
        ));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::commands::tidy::tree::findings;

    #[test]
    fn a_source_without_its_first_line_is_found() {
        assert!(findings(check, &[("a.rs", "//! Says what it is.\n")]).is_empty());
        assert_eq!(
            findings(
                check,
                &[("a.rs", "use b;\n"), ("b.rs", ""), ("c.rs", "//!\n")]
            )
            .len(),
            3
        );
        assert!(findings(check, &[("a.js", "start()")]).is_empty());
    }

    #[test]
    fn a_long_source_is_found() {
        let of_lines = |count: usize| format!("//! Long.\n{}", "// line\n".repeat(count - 1));
        assert!(findings(check, &[("a.rs", &of_lines(HARD_LIMIT))]).is_empty());
        assert_eq!(
            findings(check, &[("a.rs", &of_lines(HARD_LIMIT + 1))]).len(),
            1
        );
    }
}
