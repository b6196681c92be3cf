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
fn groups(address: &[u8]) -> Option<Vec<u32>> {
    let (mut groups, mut behind_gap) = (Vec::new(), Vec::new());
    let gap = address.windows(2).position(|pair| pair == b"::");
    let parts = gap.and_then(|gap| address.split_at_checked(gap));
    if let Some((head, [_, _, tail @ ..])) = parts {
        read(&mut groups, head, false)?;
        read(&mut behind_gap, tail, true)?;
        // A gap stands for one zero or more.
        groups.push(0);
        while groups.len() + behind_gap.len() < 8 {
            groups.push(0);
        }
        groups.extend_from_slice(&behind_gap);
    } else {
        read(&mut groups, address, true)?;
    }
    (groups.len() == 8).then_some(groups)
}

/// Reads groups without a gap, or none; `is_end` if they end the address.
fn read(groups: &mut Vec<u32>, text: &[u8], is_end: bool) -> Option<()> {
    if text.is_empty() {
        return Some(());
    }
    let mut rest = text;
    loop {
        let (group, behind) = cut(rest, b":");
        if let Some(group) = number(group) {
            groups.push(group);
        } else {
            let address = embedded(group).filter(|_| is_end && behind.is_empty())?;
            groups.push(address >> 16);
            groups.push(address & 0xffff);
        }
        match behind {
            [] => return Some(()),
            [_, behind @ ..] => rest = behind,
        }
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
