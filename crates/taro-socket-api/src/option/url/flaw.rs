//! What is wrong with a URL, in words: which character, where, and what to do.

use crate::{
    Error, ErrorKind,
    text::{concat, push_ascii, push_decimal, push_hexadecimal},
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
    Flaw::whole("has a user name, which is not sent: use an Authorization header");
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

    /// The same for another reason.
    pub(super) const fn because(self, what: &'static str) -> Self {
        Self { what, ..self }
    }

    /// The same at the place that `find` tells of its own.
    pub(super) fn moved(mut self, find: impl FnOnce(usize) -> usize) -> Self {
        self.place = self.place.map(find);
        self
    }

    /// The error, without a place.
    pub(super) fn of_whole(self) -> Error {
        Error::new(ErrorKind::InvalidArgument, concat(&["url ", self.what]))
    }

    /// The error about `url`, of which it tells one character at most.
    pub(super) fn of_url(self, url: &str) -> Error {
        let mut text = String::from("url ");
        let found = self
            .place
            .and_then(|at| Some((at, url.get(at..)?.chars().next()?)));
        if let Some((at, character)) = found {
            text.push_str("has ");
            push_shown(&mut text, character);
            text.push_str(" at byte ");
            push_decimal(&mut text, u32::try_from(at).unwrap_or(u32::MAX));
        }
        text.push_str(self.what);
        Error::new(ErrorKind::InvalidArgument, text)
    }
}

/// The character itself, or its number where it may be invisible or change the text's direction.
fn push_shown(text: &mut String, character: char) {
    if character.is_ascii_graphic() {
        push_ascii(text, b'`');
        push_ascii(text, character as u8);
        push_ascii(text, b'`');
    } else {
        text.push_str("U+");
        push_hexadecimal(text, u32::from(character), 4);
    }
}
