//! What is wrong with a URL, in words: which character, where, and what to do.

use crate::{
    Error, ErrorKind,
    text::{concat, decimal},
};

/// A reason to refuse a URL.
#[derive(Clone, Copy, Debug)]
pub(super) struct Flaw {
    /// Where the character is that the flaw is about.
    place: Option<usize>,
    what: &'static str,
}

pub(super) const SCHEME: Flaw = Flaw::whole("begins with neither ws:// nor wss://");
pub(super) const USER_NAME: Flaw =
    Flaw::whole("has a user name, which is not sent: use an Authorization header, or the query");
pub(super) const NO_HOST: Flaw = Flaw::whole("has no host: write ws://host/path");
impl Flaw {
    /// A flaw of the URL, or of its host, as a whole.
    pub(super) const fn whole(what: &'static str) -> Self {
        Self { place: None, what }
    }

    /// A flaw of the character at byte `at`.
    pub(super) const fn of_character(at: usize, what: &'static str) -> Self {
        Self {
            place: Some(at),
            what,
        }
    }

    /// The same at the place that `find` tells of its own; without one, of the whole.
    pub(super) fn moved(self, find: impl FnOnce(usize) -> Option<usize>) -> Self {
        let Some(at) = self.place else {
            return self;
        };
        Self {
            place: find(at),
            what: self.what,
        }
    }

    /// The same, where `before` bytes stand in front of what was looked at.
    pub(super) fn behind(self, before: usize) -> Self {
        self.moved(|at| Some(at + before))
    }

    /// The error, without a place.
    pub(super) fn of_whole(self) -> Error {
        Error::new(ErrorKind::InvalidArgument, concat(&["url ", self.what]))
    }

    /// The error about `url`, of which it tells one character at most.
    pub(super) fn of_url(self, url: &str) -> Error {
        let place = self.place;
        let character = place.and_then(|at| url.get(at..)?.chars().next());
        let text = match place.zip(character) {
            Some((at, character)) => {
                let place = decimal(u32::try_from(at).unwrap_or(u32::MAX));
                concat(&[
                    "url has ",
                    &shown(character),
                    " at byte ",
                    &place,
                    self.what,
                ])
            }
            None => return self.of_whole(),
        };
        Error::new(ErrorKind::InvalidArgument, text)
    }
}

/// What is dropped around a URL.
pub(super) fn is_blank(character: char) -> bool {
    character <= ' '
}

/// What is dropped within a URL.
pub(super) fn is_line_end(character: char) -> bool {
    matches!(character, '\t' | '\n' | '\r')
}

/// The character itself, or its number if there is nothing to see.
fn shown(character: char) -> String {
    if !is_blank(character) && !is_invisible(character) {
        let mut text = String::from("`");
        text.push(character);
        text.push('`');
        return text;
    }
    let mut text = String::from("U+");
    let number = u32::from(character);
    for place in (0..6).rev() {
        if place < 4 || number >> (4 * place) > 0 {
            let digit = char::from_digit(number >> (4 * place) & 15, 16);
            text.extend(digit.map(|digit| digit.to_ascii_uppercase()));
        }
    }
    text
}

/// Characters without a glyph that turn up in addresses: controls, blanks, soft hyphen, joiners, marks of direction.
fn is_invisible(character: char) -> bool {
    matches!(character, '\u{7f}'..='\u{a0}' | '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{3000}' | '\u{feff}')
}
