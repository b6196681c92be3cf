//! Servers to which no proxy leads: the list in `NO_PROXY`, by curl's rules.

use std::{
    net::{Ipv4Addr, Ipv6Addr},
    str::FromStr,
};

use taro_socket_api::UrlHost;

use crate::name;

/// Whether the list names this server.
///
/// What is no name, address or network matches nothing, as with curl.
pub(super) fn names(list: &str, host: UrlHost<'_>, port: u16) -> bool {
    let elements =
        list.split(|character: char| character == ',' || character.is_ascii_whitespace());
    elements
        .filter(|element| !element.is_empty())
        .any(|element| matches(element, host, port))
}

fn matches(element: &str, host: UrlHost<'_>, port: u16) -> bool {
    if element == "*" {
        return true;
    }
    let (element, only) = split(element);
    if only.is_some_and(|only| number(only) != Some(port)) {
        return false;
    }
    match host {
        UrlHost::Domain(name) => is_within(name, element),
        UrlHost::Ipv4(ip) => network(element, 32, |address: Ipv4Addr| {
            u128::from(u32::from(address) ^ u32::from(ip))
        }),
        UrlHost::Ipv6(ip) => network(element, 128, |address: Ipv6Addr| {
            u128::from(address) ^ u128::from(ip)
        }),
    }
}

/// What is before the port, and the port. Several colons without brackets are an IPv6 address.
fn split(element: &str) -> (&str, Option<&str>) {
    match element.rsplit_once(':') {
        Some((head, port)) if head.ends_with(']') || !head.contains(':') => (head, Some(port)),
        _ => (element, None),
    }
}

/// Digits alone: `parse` takes a sign, too.
fn number<N: FromStr>(digits: &str) -> Option<N> {
    let all = digits.bytes().all(|byte| byte.is_ascii_digit());
    digits.parse().ok().filter(|_| all)
}

/// Whether the name is `domain` or below it. Neither a dot before `domain` nor one behind a name says anything.
fn is_within(name: &str, domain: &str) -> bool {
    let domain = domain.strip_suffix('.').unwrap_or(domain);
    let domain = domain.strip_prefix('.').unwrap_or(domain);
    let domain = match domain.is_ascii() {
        true => domain.to_ascii_lowercase(),
        false => name::to_ascii(domain).unwrap_or_default(),
    };
    let name = name.strip_suffix('.').unwrap_or(name);
    let before = name.strip_suffix(domain.as_str());
    !domain.is_empty() && before.is_some_and(|before| before.is_empty() || before.ends_with('.'))
}

/// Whether the element is an address or a network (RFC 4632 §3.1) with the host in it; `differing` tells in which of
/// the `width` bits.
fn network<A: FromStr>(element: &str, width: u32, differing: impl FnOnce(A) -> u128) -> bool {
    let (address, bits) = match element.split_once('/') {
        Some((address, bits)) => (address, number(bits)),
        None => (element, Some(width)),
    };
    let bare = address
        .strip_prefix('[')
        .and_then(|address| address.strip_suffix(']'));
    match (bare.unwrap_or(address).parse(), bits) {
        (Ok(address), Some(bits)) if bits <= width => {
            // Shifting by all of them is no shift.
            differing(address).checked_shr(width - bits).unwrap_or(0) == 0
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests;
