//! From text to the form that goes on the wire (WHATWG URL §4.4, the basic URL parser).

use super::{
    authority,
    flaw::{self, Flaw},
    path, scheme,
};
/// The URL as it goes on the wire, or an error that tells the flaw's place in `url`.
pub(super) fn parse(
    url: &str,
    to_ascii: impl Fn(&str) -> Result<String, Flaw>,
) -> crate::Result<String> {
    let cleaned = cleaned(url);
    let text = written(&cleaned, to_ascii);
    text.map_err(|flaw| flaw.moved(|at| uncleaned(url, at)).of_url(url))
}

/// Without blanks and controls around, tabs and line ends within (WHATWG URL §4.4, steps 1 to 3).
fn cleaned(url: &str) -> String {
    let url = url.trim_matches(flaw::is_blank);
    url.chars().filter(|c| !flaw::is_line_end(*c)).collect()
}

/// Where in `url` the byte is that [`cleaned`] has put at `at`.
fn uncleaned(url: &str, at: usize) -> Option<usize> {
    let start = url.len() - url.trim_start_matches(flaw::is_blank).len();
    let mut kept = url
        .char_indices()
        .filter(|(place, c)| *place >= start && !flaw::is_line_end(*c));
    let mut seen = 0;
    let found = kept.find(|(_, character)| {
        let here = seen == at;
        seen += character.len_utf8();
        here
    });
    found.map(|(place, _)| place)
}

/// The URL as it goes on the wire.
fn written(url: &str, to_ascii: impl Fn(&str) -> Result<String, Flaw>) -> Result<String, Flaw> {
    let (secure, rest) = scheme::split(url).ok_or(flaw::SCHEME)?;
    if let Some(at) = url.find('#') {
        let what = ", a fragment, which no WebSocket URL has: leave it out, or write %23";
        return Err(Flaw::of_character(at, what));
    }
    let rest = rest.trim_start_matches(['/', '\\']);
    let (authority, tail) = authority::cut(rest);
    let mut out = String::from(scheme::start(secure));
    authority::push(&mut out, authority, secure, to_ascii)
        .map_err(|flaw| flaw.behind(url.len() - rest.len()))?;
    path::push(&mut out, tail);
    Ok(out)
}
