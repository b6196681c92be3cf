//! From text to the form that goes on the wire (WHATWG URL §4.4, the basic URL parser).

use super::{
    authority,
    cut::cut,
    flaw::{self, Flaw},
    path, scheme,
};

/// The URL as it goes on the wire, or an error that tells the flaw's place in `url`.
pub(super) fn parse(
    url: &str,
    to_ascii: impl Fn(&str) -> Result<String, Flaw>,
) -> crate::Result<String> {
    let text = written(&cleaned(url), to_ascii);
    text.map_err(|flaw| flaw.moved(|at| uncleaned(url, at)).of_url(url))
}

/// Without blanks and controls around, tabs and line ends within (WHATWG URL §4.4, steps 1 to 3).
fn cleaned(url: &str) -> String {
    let last = url.bytes().rposition(|byte| !is_blank(byte));
    let url = last
        .and_then(|last| url.get(..last + 1))
        .unwrap_or_default();
    let url = url.chars().skip_while(|c| *c <= ' ');
    url.filter(|c| !matches!(c, '\t' | '\n' | '\r')).collect()
}

/// Where in `url` the byte is that [`cleaned`] has put at `at`.
fn uncleaned(url: &str, at: usize) -> usize {
    let bytes = url.bytes().enumerate();
    let bytes = bytes.skip_while(|(_, byte)| is_blank(*byte));
    let mut kept = bytes.filter(|(_, byte)| !matches!(byte, b'\t' | b'\n' | b'\r'));
    kept.nth(at).map_or(0, |(place, _)| place)
}

fn is_blank(byte: u8) -> bool {
    byte <= b' '
}

/// The URL as it goes on the wire.
fn written(url: &str, to_ascii: impl Fn(&str) -> Result<String, Flaw>) -> Result<String, Flaw> {
    let (secure, mut rest) = scheme::split(url).ok_or(flaw::SCHEME)?;
    let (before, fragment) = cut(url, b"#");
    if !fragment.is_empty() {
        let what = ", a fragment, which no WebSocket URL has: leave it out, or write %23";
        return Err(Flaw::of_character(before.len(), what));
    }
    while let [b'/' | b'\\', ..] = rest.as_bytes() {
        rest = rest.get(1..).unwrap_or_default();
    }
    let (authority, tail) = cut(rest, authority::ENDS);
    let at = url.len() - rest.len();
    let mut out = String::from(scheme::start(secure));
    authority::push(&mut out, authority, at, secure, to_ascii)?;
    path::push(&mut out, tail);
    Ok(out)
}
