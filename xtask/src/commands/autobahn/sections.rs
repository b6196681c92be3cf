//! Sections of the case files.

use std::collections::BTreeSet;
use std::str::FromStr;

/// Highest section of the case files.
const LAST: u32 = 13;

/// A set of sections, written as `1-7,9,10`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sections(BTreeSet<u32>);

impl FromStr for Sections {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let mut sections = BTreeSet::new();
        for part in text.split(',') {
            let (first, last) = part.split_once('-').unwrap_or((part, part));
            let number = |text: &str| match text.trim().parse() {
                Ok(number) if (1..=LAST).contains(&number) => Ok(number),
                _ => Err(format!("`{text}` is no section: they go from 1 to {LAST}")),
            };
            let (first, last) = (number(first)?, number(last)?);
            if first > last {
                return Err(format!("`{part}` ends before it begins"));
            }
            sections.extend(first..=last);
        }
        Ok(Self(sections))
    }
}

impl Sections {
    /// Patterns of case numbers, one per section.
    pub fn patterns(&self) -> impl Iterator<Item = String> {
        self.0.iter().map(|section| format!("{section}.*"))
    }

    pub fn contains(&self, case: &str) -> bool {
        section(case).is_some_and(|section| self.0.contains(&section))
    }
}

/// Section of a case such as `6.4.1`.
pub fn section(case: &str) -> Option<u32> {
    case.split('.').next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_and_numbers_are_read() {
        let sections: Sections = "1-3, 9,10".parse().unwrap();
        assert_eq!(
            sections.patterns().collect::<Vec<_>>(),
            ["1.*", "2.*", "3.*", "9.*", "10.*"]
        );
        assert!(sections.contains("10.1.1") && !sections.contains("4.1.1"));
    }

    #[test]
    fn what_is_no_section_is_refused() {
        for text in ["", "0", "14", "3-1", "1-", "x"] {
            assert!(text.parse::<Sections>().is_err(), "{text}");
        }
    }
}
