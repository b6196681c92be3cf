//! References to URLs by chance, good and bad.

use super::generator::{NAMES, PATHS, QUERIES, SCHEMES, SLASHES, Urls};

/// Beginnings of references, or all of them.
const STARTS: &[&str] = &[
    "", "a", "a/b", "..", "../", "../../c", ".", "./d", "...", "?", "#", "a:b", "1:b", "a/b:c",
    "a?b:c", ":", "/", "//", "\\", "/\\h", "%2e%2e/x", "a\\..\\b", " a", "\ta", "http", "é", "c:",
    "/c|",
];
const FRAGMENTS: &[&str] = &["#", "#f", " #f", "\0\t#", "#a/b?c:d", "##"];

impl Urls {
    /// A reference: relative for the most part, and absolute else.
    pub fn reference(&mut self) -> String {
        let mut text = String::new();
        match self.below(8) {
            0 | 1 => text = self.whole(),
            2 => {
                text.push_str(self.of(SCHEMES));
                text.push_str(self.of(STARTS));
            }
            3 => {
                text.push_str(self.of(SLASHES));
                text.push_str(self.of(NAMES));
            }
            _ => text.push_str(self.of(STARTS)),
        }
        text.push_str(self.maybe(4, PATHS));
        text.push_str(self.maybe(2, PATHS));
        text.push_str(self.maybe(3, QUERIES));
        text.push_str(self.maybe(2, FRAGMENTS));
        for _ in 0..self.below(3) {
            text = self.disturb(&text);
        }
        text
    }
}
