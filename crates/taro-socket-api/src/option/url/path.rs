//! Path and query (WHATWG URL §4.4, path state and query state).

use super::percent;

/// Writes what is behind the authority, from the slash on.
pub(super) fn push(out: &mut String, tail: &str) {
    let (path, query) = match tail.split_once('?') {
        Some((path, query)) => (path, Some(query)),
        None => (tail, None),
    };
    push_path(out, path);
    if let Some(query) = query {
        out.push('?');
        percent::push(out, query, |byte| {
            matches!(byte, b'"' | b'#' | b'<' | b'>' | b'\'')
        });
    }
}

fn push_path(out: &mut String, path: &str) {
    let start = out.len();
    let mut segments = path
        .strip_prefix(SLASHES)
        .unwrap_or(path)
        .split(SLASHES)
        .peekable();
    while let Some(segment) = segments.next() {
        match dots(segment) {
            0 => {
                out.push('/');
                percent::push(out, segment, is_encoded);
                continue;
            }
            1 => {}
            _ => {
                let last = out.get(start..).and_then(|path| path.rfind('/'));
                out.truncate(start + last.unwrap_or(0));
            }
        }
        if segments.peek().is_none() {
            out.push('/');
        }
    }
}

const SLASHES: [char; 2] = ['/', '\\'];

/// The path percent-encode set, without what is encoded everywhere.
fn is_encoded(byte: u8) -> bool {
    matches!(
        byte,
        b'"' | b'#' | b'<' | b'>' | b'?' | b'^' | b'`' | b'{' | b'}'
    )
}

/// How many dots a segment has, one or two, if it has nothing else; each may be percent-encoded.
fn dots(segment: &str) -> u32 {
    let (mut rest, mut dots) = (segment, 0);
    while !rest.is_empty() && dots < 3 {
        let escape = rest
            .get(..3)
            .filter(|start| start.eq_ignore_ascii_case("%2e"));
        let behind = match escape {
            Some(_) => rest.get(3..),
            None => rest.strip_prefix('.'),
        };
        let Some(behind) = behind else { return 0 };
        (rest, dots) = (behind, dots + 1);
    }
    if dots > 2 { 0 } else { dots }
}
