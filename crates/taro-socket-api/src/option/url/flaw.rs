//! What is wrong with a URL, in words: which character, where, and what to do.

use crate::{
    Error, ErrorKind,
    text::{concat, push_ascii, push_decimal, push_hexadecimal},
};

/// A reason to refuse a URL.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Flaw {
    /// Where the character is that the flaw is about; `None` if it is the URL, or its host, as a whole.
    pub(super) place: Option<usize>,
    pub(super) what: &'static str,
}

pub(super) const SCHEME: &str = "begins with neither ws:// nor wss://";
pub(super) const USER_NAME: &str =
    "has a user name, which is not sent: use an Authorization header";
pub(super) const NO_HOST: &str = "has no host: write ws://host/path";

/// The error of a flaw that has no place.
pub(super) fn error(what: &str) -> Error {
    Error::new(ErrorKind::InvalidArgument, concat(&["url ", what]))
}

impl Flaw {
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
