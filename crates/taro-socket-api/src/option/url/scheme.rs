//! The scheme. `http` and `https` stand for `ws` and `wss` (WHATWG WebSockets §3.1).

/// Whether the scheme is one of those over TLS, and what is behind its colon.
pub(super) fn split(url: &str) -> Option<(bool, &str)> {
    let (scheme, rest) = url.split_once(':')?;
    let is = |name: &str| scheme.eq_ignore_ascii_case(name);
    match is("wss") || is("https") {
        true => Some((true, rest)),
        false => (is("ws") || is("http")).then_some((false, rest)),
    }
}

/// How a URL begins.
pub(super) fn start(secure: bool) -> &'static str {
    if secure { "wss://" } else { "ws://" }
}

pub(super) fn default_port(secure: bool) -> u16 {
    if secure { 443 } else { 80 }
}
