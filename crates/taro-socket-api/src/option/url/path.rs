//! Path and query (WHATWG URL §4.4, path state and query state).

use super::{cut::cut, percent};
use crate::text::{push_ascii, shorten};

/// Writes what is behind the authority, from the slash on.
pub(super) fn push(out: &mut String, tail: &[u8]) {
    let (path, query) = cut(tail, b"?");
    push_path(out, path);
    if let [_, query @ ..] = query {
        push_ascii(out, b'?');
        percent::push(out, query, b"\"#<>'");
    }
}

fn push_path(out: &mut String, path: &[u8]) {
    let start = out.len();
    let mut rest = path;
    loop {
        let (segment, behind) = cut(rest.get(1..).unwrap_or_default(), b"/\\");
        rest = behind;
        let dots = dots(segment);
        if dots == 2 {
            let last = out.bytes().rposition(|byte| byte == b'/');
            shorten(out, last.map_or(start, |last| last.max(start)));
        }
        if dots == 0 || rest.is_empty() {
            push_ascii(out, b'/');
        }
        if dots == 0 {
            percent::push(out, segment, b"\"#<>?^`{}");
        }
        if rest.is_empty() {
            return;
        }
    }
}

/// How many dots a segment has, one or two, if it has nothing else; each may be percent-encoded.
fn dots(segment: &[u8]) -> usize {
    let mut rest = segment;
    let mut dots = 0;
    loop {
        rest = match rest {
            [b'.', behind @ ..] | [b'%', b'2', b'e' | b'E', behind @ ..] => behind,
            [] if dots < 3 => return dots,
            _ => return 0,
        };
        dots += 1;
    }
}
