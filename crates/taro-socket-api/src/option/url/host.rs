//! The host: a name or an IP address (WHATWG URL §3.5, the host parser).

use std::net::{Ipv4Addr, Ipv6Addr};

use super::{cut::is_among, flaw, ipv4, ipv6, percent, wire::Wire};
use crate::text::shorten;

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

const NO_NAME: &str = "has a host that is no international name (UTS #46)";

/// What is said of a character that no host has.
pub(super) const FORBIDDEN: &str = " in its host, where it cannot be";

/// Writes `host`, which begins at `at`, as it goes on the wire; `push_name` writes names in ASCII and lower case.
pub(super) fn push(
    wire: &mut Wire,
    host: &[u8],
    at: usize,
    push_name: impl Fn(&mut Wire, &[u8], usize) -> Option<()>,
) -> Option<()> {
    if let [b'[', address @ .., b']'] = host {
        let written = ipv6::push(&mut wire.text, address);
        return written.or_else(|| wire.refuse(ipv6::MALFORMED));
    }
    let start = wire.text.len();
    push_name(wire, host, at)?;
    let name = wire.text.get(start..).unwrap_or_default();
    if name.is_empty() {
        return wire.refuse(flaw::NO_HOST);
    }
    let parts = ipv4::parts(name);
    if ipv4::ends_in_number(parts) {
        let Some(address) = ipv4::address(parts) else {
            return wire.refuse(ipv4::MALFORMED);
        };
        shorten(&mut wire.text, start);
        ipv4::push(&mut wire.text, address);
    }
    Some(())
}

/// A forbidden domain code point (WHATWG URL §3.2).
pub(super) fn is_forbidden(character: char) -> bool {
    let byte = u8::try_from(character);
    byte.is_ok_and(|byte| byte <= b' ' || is_among(byte, b"#%/:<>?@[\\]^|\x7f"))
}

/// Writes a name in ASCII and lower case, where all tables are at hand.
pub(super) fn push_name(
    wire: &mut Wire,
    name: &[u8],
    at: usize,
    domain_to_ascii: impl Fn(&str) -> Option<String>,
) -> Option<()> {
    let (mut decoded, mut rest) = (String::new(), name);
    while !rest.is_empty() {
        let place = at + name.len() - rest.len();
        match percent::character(&mut rest) {
            Some(character) if !is_forbidden(character) => decoded.push(character),
            _ => return wire.refuse_at(place, FORBIDDEN),
        }
    }
    if decoded.is_ascii() && !decoded.split('.').any(has_prefix) {
        wire.text.push_str(&decoded.to_ascii_lowercase());
        return Some(());
    }
    let name = domain_to_ascii(&decoded).filter(|name| !name.contains(is_forbidden));
    match name {
        Some(name) => wire.text.push_str(&name),
        None => return wire.refuse(NO_NAME),
    }
    Some(())
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
