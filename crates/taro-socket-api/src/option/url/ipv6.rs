//! IPv6 addresses (WHATWG URL §3.5, the IPv6 parser and serializer).

use super::{cut::cut, flaw::Flaw, ipv4};
use crate::text::{digit, push_hexadecimal};

pub(super) const MALFORMED: Flaw =
    Flaw::whole("has a malformed IPv6 host: write eight groups in brackets, and no zone");

/// Writes the address with its brackets; the first of the longest runs of zeros is `::`.
pub(super) fn push(out: &mut String, address: &[u8]) -> Option<()> {
    let groups = groups(address)?;
    let (start, end) = longest_zeros(groups);
    out.push('[');
    for (at, group) in groups.into_iter().enumerate() {
        if at == start && end > start {
            out.push_str(if at == 0 { "::" } else { ":" });
        }
        if !(start..end).contains(&at) {
            push_hexadecimal(out, group, 1);
            if at < 7 {
                out.push(':');
            }
        }
    }
    out.push(']');
    // The scheme before it is in lower case already.
    out.make_ascii_lowercase();
    Some(())
}

fn groups(address: &[u8]) -> Option<[u32; 8]> {
    let (mut written, mut count, mut gap) = ([0; 8], 0, None);
    let mut rest = address;
    while !rest.is_empty() {
        rest = match rest {
            [b':', b':'] if gap.is_none() => {
                gap = Some(count);
                break;
            }
            [b':', b':', behind @ ..] if gap.is_none() => {
                gap = Some(count);
                behind
            }
            [b':', behind @ ..] if count > 0 => behind,
            _ => rest,
        };
        let (group, behind) = cut(rest, b":");
        rest = behind;
        let mut low = number(group);
        if low.is_none() && rest.is_empty() {
            let address = embedded(group)?;
            *written.get_mut(count)? = address >> 16;
            count += 1;
            low = Some(address & 0xffff);
        }
        *written.get_mut(count)? = low?;
        count += 1;
    }
    // A gap stands for one zero or more.
    if gap.is_some() == (count == 8) {
        return None;
    }
    let mut groups = [0; 8];
    for (at, group) in written.into_iter().enumerate().take(count) {
        let behind_gap = gap.is_some_and(|gap| at >= gap);
        *groups.get_mut(if behind_gap { at + 8 - count } else { at })? = group;
    }
    Some(groups)
}

fn number(group: &[u8]) -> Option<u32> {
    let mut number = 0;
    for byte in group {
        number = number << 4 | digit(*byte)?;
    }
    matches!(group.len(), 1..=4).then_some(number)
}

/// The IPv4 address that may end one of IPv6: four decimal numbers.
fn embedded(address: &[u8]) -> Option<u32> {
    let numbers = address.split(ipv4::is_dot);
    let decimal = numbers.filter_map(|number| ipv4::digits(number));
    let decimal = decimal.filter(|(_, radix)| *radix == 10).count();
    ipv4::address(address).filter(|_| decimal == 4)
}

/// Two groups or more, or none.
fn longest_zeros(groups: [u32; 8]) -> (usize, usize) {
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
