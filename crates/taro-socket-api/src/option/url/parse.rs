//! From text to the form that goes on the wire (WHATWG URL §4.4, the basic URL parser).

use super::{authority, cut::cut, flaw, path, scheme, wire::Wire};

/// The URL as it goes on the wire, or an error that tells the flaw's place in `url`.
pub(super) fn parse(
    url: &str,
    push_name: impl Fn(&mut Wire, &[u8], usize) -> Option<()>,
) -> crate::Result<String> {
    let mut wire = Wire::default();
    if push(&mut wire, &cleaned(url), push_name).is_some() {
        return Ok(wire.text);
    }
    let mut flaw = wire.flaw;
    flaw.place = flaw.place.map(|at| uncleaned(url, at));
    Err(flaw.of_url(url))
}

/// Without blanks and controls around, tabs and line ends within (WHATWG URL §4.4, steps 1 to 3).
fn cleaned(url: &str) -> Vec<u8> {
    let mut kept = Vec::new();
    for byte in url.bytes() {
        if !is_dropped(byte, kept.len()) {
            kept.push(byte);
        }
    }
    while let Some(..=b' ') = kept.last() {
        kept.pop();
    }
    kept
}

/// Where in `url` the byte is that [`cleaned`] has put at `at`.
fn uncleaned(url: &str, at: usize) -> usize {
    let mut kept = 0;
    for (place, byte) in url.bytes().enumerate() {
        if !is_dropped(byte, kept) {
            if kept == at {
                return place;
            }
            kept += 1;
        }
    }
    0
}

/// Whether a byte behind so many that are kept is not kept.
fn is_dropped(byte: u8, kept: usize) -> bool {
    matches!(byte, b'\t' | b'\n' | b'\r') || (byte <= b' ' && kept == 0)
}

/// Writes the URL as it goes on the wire.
fn push(
    wire: &mut Wire,
    url: &[u8],
    push_name: impl Fn(&mut Wire, &[u8], usize) -> Option<()>,
) -> Option<()> {
    let Some((secure, mut rest)) = scheme::split(url) else {
        return wire.refuse(flaw::SCHEME);
    };
    let (before, fragment) = cut(url, b"#");
    if !fragment.is_empty() {
        let what = ", a fragment: leave it out, or write %23";
        return wire.refuse_at(before.len(), what);
    }
    while let [b'/' | b'\\', behind @ ..] = rest {
        rest = behind;
    }
    let (authority, tail) = cut(rest, authority::ENDS);
    wire.text.push_str(scheme::start(secure));
    authority::push(wire, authority, url.len() - rest.len(), secure, push_name)?;
    path::push(&mut wire.text, tail);
    Some(())
}
