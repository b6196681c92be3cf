//! IPv4 addresses: decimal, octal and hexadecimal, one to four parts (WHATWG URL §3.5, the IPv4 parser).

use crate::text::{digit, push_ascii, push_decimal};

pub(super) const MALFORMED: &str =
    "has a host that ends in a number and is no IPv4 address: four numbers up to 255";

/// A name without the dot that may end it.
pub(super) fn parts(name: &str) -> &[u8] {
    let parts = name.as_bytes();
    parts.strip_suffix(b".").unwrap_or(parts)
}

/// Whether a name of these parts is to be an address.
pub(super) fn ends_in_number(parts: &[u8]) -> bool {
    let dot = parts.iter().rposition(is_dot);
    let last = dot.and_then(|dot| parts.get(dot + 1..)).unwrap_or(parts);
    // Of radix 8 some digits may be too great.
    let most = radix(last).max(10);
    !last.is_empty() && digits(last).iter().all(|byte| digit(*byte) < most)
}

/// The address that these parts, in lower case, are.
pub(super) fn address(parts: &[u8]) -> Option<u32> {
    let (mut address, mut free, mut last) = (0, 32, 0);
    for (at, part) in parts.split(is_dot).enumerate() {
        if at > 0 {
            if last > 255 || free == 8 {
                return None;
            }
            free -= 8;
            address |= last << free;
        }
        last = number(part)?;
    }
    // The last part fills what is left.
    let fits = last <= u32::MAX >> (32 - free);
    fits.then_some(address | last)
}

/// Writes an address in four numbers.
pub(super) fn push(out: &mut String, address: u32) {
    for (at, number) in address.to_be_bytes().into_iter().enumerate() {
        if at > 0 {
            push_ascii(out, b'.');
        }
        push_decimal(out, u32::from(number));
    }
}

pub(super) fn is_dot(byte: &u8) -> bool {
    *byte == b'.'
}

fn number(part: &[u8]) -> Option<u32> {
    if part.is_empty() {
        return None;
    }
    let (mut number, radix) = (0u32, radix(part));
    for byte in digits(part) {
        let digit = digit(*byte);
        if digit >= radix {
            return None;
        }
        number = number.checked_mul(radix)?.checked_add(digit)?;
    }
    Some(number)
}

/// The radix that a number is written in.
pub(super) fn radix(part: &[u8]) -> u32 {
    match part {
        [b'0', b'x', ..] => 16,
        [b'0', _, ..] => 8,
        _ => 10,
    }
}

/// A number without what tells its radix. `0x` is zero.
fn digits(part: &[u8]) -> &[u8] {
    match part {
        [b'0', b'x', digits @ ..] => digits,
        _ => part,
    }
}
