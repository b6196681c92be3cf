//! IPv4 addresses: decimal, octal and hexadecimal, one to four parts (WHATWG URL §3.5, the IPv4 parser).

use super::flaw::Flaw;
use crate::text::{digit, push_decimal};

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
    let last = dot.and_then(|dot| parts.get(dot + 1..));
    digits(last.unwrap_or(parts)).is_some()
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

/// Writes the address that these parts are, in four numbers.
pub(super) fn push(out: &mut String, parts: &[u8]) -> Option<()> {
    let address = address(parts)?;
    for shift in [24, 16, 8, 0] {
        push_decimal(out, address >> shift & 255);
        if shift > 0 {
            out.push('.');
        }
    }
    Some(())
}

pub(super) fn is_dot(byte: &u8) -> bool {
    *byte == b'.'
}

fn number(part: &[u8]) -> Option<u32> {
    let (digits, radix) = digits(part)?;
    let mut number = 0u32;
    for byte in digits {
        let digit = digit(*byte).filter(|digit| *digit < radix)?;
        number = number.checked_mul(radix)?.checked_add(digit)?;
    }
    Some(number)
}

/// Digits and their radix, if the part has nothing else; of those of radix 8, some may be too great. `0x` is zero.
pub(super) fn digits(part: &[u8]) -> Option<(&[u8], u32)> {
    let (digits, radix) = match part {
        [] => return None,
        [b'0', b'x', digits @ ..] => (digits, 16),
        [b'0', digits @ ..] if !digits.is_empty() => (digits, 8),
        _ => (part, 10),
    };
    let is_digit = |byte: &u8| digit(*byte).is_some_and(|digit| digit < radix.max(10));
    digits.iter().all(is_digit).then_some((digits, radix))
}
