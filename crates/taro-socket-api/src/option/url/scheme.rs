//! The scheme. `http` and `https` stand for `ws` and `wss` (WHATWG WebSockets §3.1).

const SCHEMES: [(&str, bool); 4] = [
    ("wss:", true),
    ("ws:", false),
    ("https:", true),
    ("http:", false),
];

/// Whether the scheme is one of those over TLS, and what is behind its colon.
pub(super) fn split(url: &str) -> Option<(bool, &str)> {
    SCHEMES.into_iter().find_map(|(scheme, secure)| {
        let (start, rest) = url.split_at_checked(scheme.len())?;
        start.eq_ignore_ascii_case(scheme).then_some((secure, rest))
    })
}

/// How a URL begins.
pub(super) fn start(secure: bool) -> &'static str {
    if secure { "wss://" } else { "ws://" }
}

pub(super) fn default_port(secure: bool) -> u16 {
    if secure { 443 } else { 80 }
}
