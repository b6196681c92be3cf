//! Path and query (WHATWG URL §4.4, path state and query state).

use super::{cut::cut, percent};

/// Writes what is behind the authority, from the slash on.
pub(super) fn push(out: &mut String, tail: &str) {
    let (path, query) = cut(tail, b"?");
    push_path(out, path);
    if let Some(query) = query.get(1..) {
        out.push('?');
        percent::push(out, query, b"\"#<>'");
    }
}

fn push_path(out: &mut String, path: &str) {
    let start = out.len();
    let mut rest = path.get(1..);
    loop {
        let (segment, behind) = cut(rest.unwrap_or_default(), b"/\\");
        rest = behind.get(1..);
        let dots = dots(segment);
        if dots == 2 {
            let last = out.bytes().rposition(|byte| byte == b'/');
            out.truncate(last.map_or(start, |last| last.max(start)));
        }
        if dots == 0 {
            out.push('/');
            percent::push(out, segment, b"\"#<>?^`{}");
        } else if rest.is_none() {
            out.push('/');
        }
        if rest.is_none() {
            return;
        }
    }
}

/// How many dots a segment has, one or two, if it has nothing else; each may be percent-encoded.
fn dots(segment: &str) -> usize {
    let is = |dots: &&str| segment.eq_ignore_ascii_case(dots);
    if [".", "%2e"].iter().any(is) {
        1
    } else if ["..", ".%2e", "%2e.", "%2e%2e"].iter().any(is) {
        2
    } else {
        0
    }
}
