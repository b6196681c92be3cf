//! What is wrong with a URL, in words: which character, where, and what to do.

use crate::{
    Error, ErrorKind,
    text::{concat, decimal},
};

/// A reason to refuse a URL.
#[derive(Clone, Copy, Debug)]
pub(super) struct Flaw {
    place: Place,
    what: &'static str,
}

/// The character that a flaw is about.
#[derive(Clone, Copy, Debug)]
enum Place {
    None,
    /// The first of its kind.
    First(char),
    /// That at this byte.
    At(usize),
}

pub(super) const SCHEME: Flaw = Flaw::whole(
    "begins with neither ws:// nor wss:// (http:// and https:// stand for them): write the whole address",
);
pub(super) const FRAGMENT: Flaw = Flaw {
    place: Place::First('#'),
    what: ", a fragment, which no WebSocket URL has: leave it out, or write %23",
};
pub(super) const USER_NAME: Flaw = Flaw::whole(
    "has a user name, which would not be sent: use an Authorization header, or the query",
);
pub(super) const NO_HOST: Flaw = Flaw::whole("has no host: write ws://host/path");
pub(super) const REFUSED_BY_HOST: Flaw = Flaw::whole(
    "is none to the URL parser here: write ws:// or wss://, a host without blanks or separators, a port up to 65535",
);

impl Flaw {
    /// A flaw of the URL, or of its host, as a whole.
    pub(super) const fn whole(what: &'static str) -> Self {
        Self {
            place: Place::None,
            what,
        }
    }

    /// A flaw of the character at byte `at`.
    pub(super) const fn of_character(at: usize, what: &'static str) -> Self {
        Self {
            place: Place::At(at),
            what,
        }
    }

    /// The same at the place that `find` tells of its own; without one, of the whole.
    pub(super) fn moved(self, find: impl FnOnce(usize) -> Option<usize>) -> Self {
        let Place::At(at) = self.place else {
            return self;
        };
        Self {
            place: find(at).map_or(Place::None, Place::At),
            what: self.what,
        }
    }

    /// The same, where `before` bytes stand in front of what was looked at.
    pub(super) fn behind(self, before: usize) -> Self {
        self.moved(|at| Some(at + before))
    }

    /// The error about `url`, of which it tells one character at most.
    pub(super) fn of_url(self, url: &str) -> Error {
        let place = match self.place {
            Place::None => None,
            Place::First(character) => url.find(character),
            Place::At(at) => Some(at),
        };
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
            None => concat(&["url ", self.what]),
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
