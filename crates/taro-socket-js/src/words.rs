//! What the texts of hosts say.
//!
//! A loose reading: the texts of systems, of their HTTP clients and of vendors are documented nowhere, some are
//! translated, and all of them change. So what is not known is `Unknown`, whose advice is to try again.

mod known;

use taro_socket_api::{Error, ErrorKind, RetryAdvice};

use self::known::{STATES, STATUS, WORDS};
use crate::kind_of;

/// The error of a host's text, which stays as it is, told of `what`. Its kind is that of the first known words in it,
/// or of the exception that it names; a status that it tells is the error's. Words about a state count only of what is
/// done to a socket that there is: where `what` begins with `send` or `close`.
#[must_use]
pub fn error_of_words(what: &str, text: &str) -> Error {
    let status = status_in(text);
    let (kind, advice) = match status {
        Some(_) => (ErrorKind::Handshake, RetryAdvice::Later),
        None => known(what, text),
    };
    let mut reason = String::from(what);
    reason.push_str(text);
    let error = Error::new(kind, reason);
    match status {
        Some(status) => error.with_status(status),
        None => error.with_retry(advice),
    }
}

fn known(what: &str, text: &str) -> (ErrorKind, RetryAdvice) {
    let holds = |words| find(text, words, Some).is_some();
    if acts(what) && holds(STATES) {
        return (ErrorKind::InvalidState, RetryAdvice::Never);
    }
    for (kind, advice, words) in WORDS.iter().copied() {
        if holds(words) {
            return (kind, advice);
        }
    }
    let kind = kind_of(text);
    (kind, kind.retry())
}

/// Whether `what` is done to a socket that there is: only there a host can find it in the wrong state.
#[must_use]
pub fn acts(what: &str) -> bool {
    let what = what.as_bytes();
    what.starts_with(b"send") || what.starts_with(b"close")
}

/// The HTTP status that a text tells.
fn status_in(text: &str) -> Option<u16> {
    find(text, STATUS, number)
}

/// Three digits, and no more of them, behind what may part them from the words before.
fn number(text: &[u8]) -> Option<u16> {
    let start = text.iter().position(|byte| !b" :'".contains(byte))?;
    let text = text.get(start..)?;
    let digits = text.iter().take_while(|byte| byte.is_ascii_digit());
    let (count, number) = digits.fold((0, 0_u16), |(count, number), digit| {
        let number = number
            .wrapping_mul(10)
            .wrapping_add(u16::from(digit - b'0'));
        (count + 1, number)
    });
    (count == 3 && (100..=999).contains(&number) && number != 101).then_some(number)
}

/// What `read` reads behind the first of `words` where it reads something.
fn find<'a, T>(text: &'a str, words: &str, read: impl Fn(&'a [u8]) -> Option<T>) -> Option<T> {
    let mut each = words.as_bytes().split(|byte| *byte == b'|');
    each.find_map(|words| read(after(text.as_bytes(), words)?))
}

/// What comes behind these words, in any case and with `_` for a blank, where they begin a word and are no part of a
/// name or URL: a server may be called `tls`. `str::find` brings much more code along.
fn after<'a>(text: &'a [u8], words: &[u8]) -> Option<&'a [u8]> {
    let mut at = 0;
    loop {
        let (before, rest) = text.split_at_checked(at)?;
        let (part, behind) = rest.split_at_checked(words.len())?;
        let mut pairs = part.iter().zip(words);
        if pairs.all(|(own, word)| is_like(*own, *word)) && is_said(before, part, behind) {
            return Some(behind);
        }
        at += 1;
    }
}

fn is_like(own: u8, word: u8) -> bool {
    own.eq_ignore_ascii_case(&word) || (own, word) == (b'_', b' ')
}

/// Whether a part of a text begins a word, and is no part of a name or URL.
fn is_said(before: &[u8], part: &[u8], behind: &[u8]) -> bool {
    let first = part.first().copied().unwrap_or_default();
    let last = before.last().copied().unwrap_or_default();
    // `SocketTimeoutException` has three words.
    let begins = !first.is_ascii_alphanumeric()
        || !last.is_ascii_alphanumeric()
        || (last.is_ascii_lowercase() && first.is_ascii_uppercase());
    let (mut dotted, mut address) = (false, false);
    for byte in before.iter().rev().take_while(|byte| !ends_name(**byte)) {
        dotted |= *byte == b'.';
        address |= *byte == b'/';
    }
    // Names of servers are written small here, names of classes are not: `javax.net.ssl.SSLException`.
    let mut class = first.is_ascii_uppercase();
    let mut dot = false;
    for byte in behind
        .iter()
        .take_while(|byte| !ends_name(**byte) && **byte != b':')
    {
        dotted |= dot && *byte != b'.';
        dot = *byte == b'.';
        address |= *byte == b'/';
        class |= byte.is_ascii_uppercase();
    }
    begins && !address && (!dotted || class)
}

/// Whether a name or URL ends before this.
fn ends_name(byte: u8) -> bool {
    byte.is_ascii_whitespace() || b"'\"(),".contains(&byte)
}

#[cfg(test)]
mod tests;
