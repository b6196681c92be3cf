//! The host: a name or an IP address (WHATWG URL §3.5, the host parser).

use std::net::{Ipv4Addr, Ipv6Addr};

use super::{
    cut::is_among,
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

/// What is said of a character that no host has.
pub(super) const FORBIDDEN: &str = " in its host, where it cannot be";

/// Writes `host` as it goes on the wire; `at` is where in the URL it begins.
pub(super) fn push(
    out: &mut String,
    host: &[u8],
    at: usize,
    to_ascii: impl Fn(&str) -> Result<String, Flaw>,
) -> Result<(), Flaw> {
    if let [b'[', address @ .., b']'] = host {
        return ipv6::push(out, address).ok_or(ipv6::MALFORMED);
    }
    let name = percent::decoded(host).and_then(|name| to_ascii(&name));
    let name = name.map_err(|flaw| flaw.moved(|place| at + percent::place(host, place)))?;
    if name.is_empty() {
        return Err(flaw::NO_HOST);
    }
    let parts = ipv4::parts(&name);
    if ipv4::ends_in_number(parts) {
        return ipv4::push(out, parts).ok_or(ipv4::MALFORMED);
    }
    out.push_str(&name);
    Ok(())
}

/// A forbidden domain code point (WHATWG URL §3.2).
pub(super) fn is_forbidden(character: char) -> bool {
    let byte = u8::try_from(character);
    byte.is_ok_and(|byte| byte <= b' ' || is_among(byte, b"#%/:<>?@[\\]^|\x7f"))
}

/// The name in ASCII and lower case, where all tables are at hand.
pub(super) fn to_ascii(
    name: &str,
    domain_to_ascii: impl Fn(&str) -> Option<String>,
) -> Result<String, Flaw> {
    if let Some(at) = name.find(is_forbidden) {
        return Err(Flaw::of_character(at, FORBIDDEN));
    }
    if name.is_ascii() && !name.split('.').any(has_prefix) {
        return Ok(name.to_ascii_lowercase());
    }
    let name = domain_to_ascii(name).filter(|name| !name.contains(is_forbidden));
    name.ok_or(Flaw::whole(
        "has a host that is no international name (UTS #46)",
    ))
}

/// Whether a label is in the form that stands for another (RFC 5890 §2.3.2.1).
fn has_prefix(label: &str) -> bool {
    let start = label.get(..4);
    start.is_some_and(|start| start.eq_ignore_ascii_case("xn--"))
}

/// Host and port of a checked URL; a colon within brackets belongs to an IPv6 address.
pub(super) fn split(authority: &str) -> (&str, Option<&str>) {
    match authority.rsplit_once(':') {
        Some((host, port)) if !port.ends_with(']') => (host, Some(port)),
        _ => (authority, None),
    }
}
