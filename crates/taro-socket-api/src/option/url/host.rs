//! The host: a name or an IP address (WHATWG URL §3.5, the host parser).

use std::net::{Ipv4Addr, Ipv6Addr};

use super::{
    flaw::{self, Flaw},
    ipv4, ipv6, percent,
};

/// The host of a [`SocketUrl`](crate::SocketUrl).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(
    clippy::exhaustive_enums,
    reason = "WHATWG URL §3.1 has no other for these schemes"
)]
pub enum UrlHost<'a> {
    /// A name in ASCII, lower case.
    Domain(&'a str),
    /// An IPv4 address.
    Ipv4(Ipv4Addr),
    /// An IPv6 address.
    Ipv6(Ipv6Addr),
}

impl<'a> UrlHost<'a> {
    /// The host that a checked URL has.
    pub(super) fn of(host: &'a str) -> Self {
        let within = host
            .strip_prefix('[')
            .and_then(|host| host.strip_suffix(']'));
        if let Some(address) = within.and_then(|within| within.parse().ok()) {
            return Self::Ipv6(address);
        }
        match host.parse() {
            Ok(address) => Self::Ipv4(address),
            Err(_) => Self::Domain(host),
        }
    }
}

/// Writes `host` as it goes on the wire.
pub(super) fn push(
    out: &mut String,
    host: &str,
    to_ascii: impl Fn(&str) -> Result<String, Flaw>,
) -> Result<(), Flaw> {
    if host.is_empty() {
        return Err(flaw::NO_HOST);
    }
    if let Some(address) = host.strip_prefix('[') {
        return ipv6::push(out, address.strip_suffix(']').unwrap_or_default())
            .ok_or(ipv6::MALFORMED);
    }
    let name = percent::decoded(host);
    let name = if is_plain(&name) {
        name.to_ascii_lowercase()
    } else {
        to_ascii(&name).map_err(|flaw| placed(flaw, &name, host))?
    };
    if let Some(at) = name.find(is_forbidden) {
        let flaw = Flaw::of_character(at, " in its host, where it cannot be");
        return Err(placed(flaw, &name, host));
    }
    if name.is_empty() {
        return Err(flaw::NO_HOST);
    }
    if !ipv4::ends_in_number(&name) {
        out.push_str(&name);
        return Ok(());
    }
    ipv4::push(out, &name).ok_or(ipv4::MALFORMED)
}

/// Whether lower case is all that a name needs (WHATWG URL §3.3, domain to ASCII).
fn is_plain(name: &str) -> bool {
    name.is_ascii() && !name.split('.').any(has_prefix)
}

/// Whether a label is in the form that stands for another (RFC 5890 §2.3.2.1).
pub(super) fn has_prefix(label: &str) -> bool {
    let start = label.get(..4);
    start.is_some_and(|start| start.eq_ignore_ascii_case("xn--"))
}

/// A forbidden domain code point (WHATWG URL §3.2).
fn is_forbidden(character: char) -> bool {
    matches!(
        character,
        '\0'..=' '
            | '\u{7f}'
            | '#'
            | '%'
            | '/'
            | ':'
            | '<'
            | '>'
            | '?'
            | '@'
            | '['
            | '\\'
            | ']'
            | '^'
            | '|'
    )
}

/// The flaw of a character of `name`, told at the place in `host` from which it came.
fn placed(flaw: Flaw, name: &str, host: &str) -> Flaw {
    flaw.moved(|at| {
        let character = name.get(at..)?.chars().next()?;
        let escaped = || {
            host.find('%')
                .or_else(|| host.find(|c: char| !c.is_ascii()))
        };
        host.find(character).or_else(escaped)
    })
}
