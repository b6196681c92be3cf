//! The scheme. `http` and `https` stand for `ws` and `wss` (WHATWG WebSockets §3.1).

use super::cut::cut;

const SCHEMES: [(&str, bool); 4] = [
    ("wss", true),
    ("ws", false),
    ("https", true),
    ("http", false),
];

/// Whether the scheme is one of those over TLS, and what is behind its colon.
pub(super) fn split(url: &[u8]) -> Option<(bool, &[u8])> {
    let (scheme, rest) = cut(url, b":");
    let mut known = SCHEMES.iter();
    let (_, secure) = known.find(|(known, _)| known.as_bytes().eq_ignore_ascii_case(scheme))?;
    Some((*secure, rest.get(1..)?))
}

/// How a URL begins.
pub(super) fn start(secure: bool) -> &'static str {
    if secure { "wss://" } else { "ws://" }
}

pub(super) fn default_port(secure: bool) -> u16 {
    if secure { 443 } else { 80 }
}
