//! IPv6 addresses: what the standard library takes, written as WHATWG URL §3.5 says.

use std::net::Ipv6Addr;

use super::flaw::Flaw;

pub(super) const MALFORMED: Flaw = Flaw::whole(
    "has a malformed IPv6 host: eight groups of hexadecimal digits within brackets, without a zone",
);

/// Writes the address with its brackets; the first of the longest runs of zeros is `::`.
pub(super) fn push(out: &mut String, address: &str) -> Option<()> {
    let groups = address.parse::<Ipv6Addr>().ok()?.segments();
    let (start, end) = longest_zeros(groups);
    out.push('[');
    for (at, group) in groups.into_iter().enumerate() {
        if at == start && end > start {
            out.push_str(if at == 0 { "::" } else { ":" });
        }
        if !(start..end).contains(&at) {
            push_hexadecimal(out, group);
            if at < 7 {
                out.push(':');
            }
        }
    }
    out.push(']');
    Some(())
}

/// Two groups or more, or none.
fn longest_zeros(groups: [u16; 8]) -> (usize, usize) {
    let (mut longest, mut start) = ((0, 0), 0);
    for (at, group) in groups.into_iter().enumerate() {
        if group != 0 {
            start = at + 1;
        } else if at + 1 - start > (longest.1 - longest.0).max(1) {
            longest = (start, at + 1);
        }
    }
    longest
}

fn push_hexadecimal(out: &mut String, group: u16) {
    for shift in [12, 8, 4, 0] {
        if shift == 0 || group >> shift > 0 {
            out.extend(char::from_digit(u32::from(group >> shift & 15), 16));
        }
    }
}
