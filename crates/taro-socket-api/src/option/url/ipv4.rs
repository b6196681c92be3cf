//! IPv4 addresses: decimal, octal and hexadecimal, one to four parts (WHATWG URL §3.5, the IPv4 parser).

use super::flaw::Flaw;
use crate::text::{decimal, digit};

pub(super) const MALFORMED: Flaw =
    Flaw::whole("has a host that ends in a number and is no IPv4 address: four numbers up to 255");

/// A name without the dot that may end it.
pub(super) fn parts(name: &str) -> &[u8] {
    let parts = name.as_bytes();
    parts.strip_suffix(b".").unwrap_or(parts)
}

/// Whether a name of these parts is to be an address.
pub(super) fn ends_in_number(parts: &[u8]) -> bool {
    let dot = parts.iter().rposition(is_dot);
    let last = dot.and_then(|dot| parts.get(dot + 1..)).unwrap_or(parts);
    let is_decimal = !last.is_empty() && last.iter().all(u8::is_ascii_digit);
    is_decimal || digits(last).is_some()
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

/// Writes the address in four numbers.
pub(super) fn push(out: &mut String, address: u32) {
    for shift in [24, 16, 8, 0] {
        out.push_str(&decimal(address >> shift & 255));
        if shift > 0 {
            out.push('.');
        }
    }
}

pub(super) fn is_dot(byte: &u8) -> bool {
    *byte == b'.'
}

fn number(part: &[u8]) -> Option<u32> {
    let (digits, radix) = digits(part)?;
    let mut number = 0;
    for byte in digits {
        number = u32::checked_mul(number, radix)?.checked_add(digit(*byte)?)?;
    }
    Some(number)
}

/// Digits and their radix, if the part has nothing else. `0x` is zero.
pub(super) fn digits(part: &[u8]) -> Option<(&[u8], u32)> {
    let (digits, radix) = match part {
        [] => return None,
        [b'0', b'x', digits @ ..] => (digits, 16),
        [b'0', digits @ ..] if !digits.is_empty() => (digits, 8),
        _ => (part, 10),
    };
    let is_sound = |byte: &u8| digit(*byte).is_some_and(|digit| digit < radix);
    digits.iter().all(is_sound).then_some((digits, radix))
}
