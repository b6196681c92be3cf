//! IPv6 addresses (WHATWG URL §3.5, the IPv6 parser and serializer).

use super::{cut::cut, ipv4};
use crate::text::{digit, push_ascii, push_hexadecimal};

pub(super) const MALFORMED: &str =
    "has a malformed IPv6 host: write eight groups in brackets, and no zone";

/// Writes the address with its brackets; the first of the longest runs of zeros is `::`.
pub(super) fn push(out: &mut String, address: &[u8]) -> Option<()> {
    let groups = groups(address)?;
    let (start, end) = longest_zeros(&groups);
    push_ascii(out, b'[');
    for (at, group) in groups.into_iter().enumerate() {
        if at == start {
            out.push_str("::");
        }
        if at < start || at >= end {
            if at > 0 && at != end {
                push_ascii(out, b':');
            }
            push_hexadecimal(out, group, 1);
        }
    }
    push_ascii(out, b']');
    // The scheme before it is in lower case already.
    out.make_ascii_lowercase();
    Some(())
}

/// The eight groups.
fn groups(address: &[u8]) -> Option<[u32; 8]> {
    let (mut groups, mut count, mut gap) = ([0; 8], 0, None);
    let mut rest = address;
    if let [b':', b':', behind @ ..] = rest {
        (gap, rest) = (Some(0), behind);
    }
    while !rest.is_empty() {
        let (group, behind) = cut(rest, b":");
        let value = match number(group) {
            Some(value) => value,
            None => {
                let address = embedded(group).filter(|_| behind.is_empty())?;
                *groups.get_mut(count)? = address >> 16;
                count += 1;
                address & 0xffff
            }
        };
        *groups.get_mut(count)? = value;
        count += 1;
        rest = match behind {
            [b':', b':', behind @ ..] if gap.is_none() => {
                gap = Some(count);
                behind
            }
            // Another group must follow.
            [b':', behind @ ..] if !behind.is_empty() => behind,
            [] => behind,
            _ => return None,
        };
    }
    let zeros = 8 - count;
    match gap {
        None => (zeros == 0).then_some(groups),
        // A gap stands for one zero or more.
        Some(gap) if zeros > 0 => {
            for at in (gap..count).rev() {
                *groups.get_mut(at + zeros)? = std::mem::take(groups.get_mut(at)?);
            }
            Some(groups)
        }
        Some(_) => None,
    }
}

fn number(group: &[u8]) -> Option<u32> {
    let mut number = 0;
    for byte in group {
        let digit = digit(*byte);
        if digit > 15 {
            return None;
        }
        number = number << 4 | digit;
    }
    matches!(group.len(), 1..=4).then_some(number)
}

/// The IPv4 address that may end one of IPv6: four decimal numbers.
fn embedded(address: &[u8]) -> Option<u32> {
    let numbers = address.split(ipv4::is_dot);
    let decimal = numbers.filter(|number| ipv4::radix(number) == 10).count();
    ipv4::address(address).filter(|_| decimal == 4)
}

/// Where the first of the longest runs begins and ends: two groups or more, or none behind them all.
fn longest_zeros(groups: &[u32]) -> (usize, usize) {
    let (mut longest, mut start) = ((8, 8), 0);
    for (at, group) in groups.iter().enumerate() {
        if *group != 0 {
            start = at + 1;
        } else if at + 1 - start > (longest.1 - longest.0).max(1) {
            longest = (start, at + 1);
        }
    }
    longest
}
