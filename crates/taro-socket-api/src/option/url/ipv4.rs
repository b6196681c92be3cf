//! IPv4 addresses: decimal, octal and hexadecimal, one to four parts (WHATWG URL §3.5, the IPv4 parser).

use super::flaw::Flaw;
use crate::text::decimal;

pub(super) const MALFORMED: Flaw =
    Flaw::whole("has a host that ends in a number and is no IPv4 address: four numbers up to 255");

/// Whether the name is to be an address.
pub(super) fn ends_in_number(name: &str) -> bool {
    let last = name.strip_suffix('.').unwrap_or(name).rsplit('.').next();
    last.is_some_and(|last| {
        let decimal = !last.is_empty() && last.bytes().all(|byte| byte.is_ascii_digit());
        decimal || digits(last).is_some()
    })
}

/// Writes the address that `name` is.
pub(super) fn push(out: &mut String, name: &str) -> Option<()> {
    let address = address(name.strip_suffix('.').unwrap_or(name))?;
    for shift in [24, 16, 8, 0] {
        out.push_str(&decimal(address >> shift & 255));
        if shift > 0 {
            out.push('.');
        }
    }
    Some(())
}

fn address(name: &str) -> Option<u32> {
    let (mut address, mut free) = (0, 32);
    let mut parts = name.split('.').peekable();
    while let Some(part) = parts.next() {
        let number = number(part)?;
        if parts.peek().is_none() {
            // The last part fills what is left.
            let fits = number <= u32::MAX >> (32 - free);
            return fits.then_some(address | number);
        }
        if number > 255 || free == 8 {
            return None;
        }
        free -= 8;
        address |= number << free;
    }
    None
}

fn number(part: &str) -> Option<u32> {
    let (digits, radix) = digits(part)?;
    let mut digits = digits.chars();
    digits.try_fold(0u32, |number, digit| {
        number
            .checked_mul(radix)?
            .checked_add(digit.to_digit(radix)?)
    })
}

/// Digits and their radix, if the part has nothing else. `0x` is zero.
fn digits(part: &str) -> Option<(&str, u32)> {
    let hexadecimal = part.strip_prefix("0x").or_else(|| part.strip_prefix("0X"));
    let (digits, radix) = match (hexadecimal, part.strip_prefix('0')) {
        (Some(digits), _) => (digits, 16),
        (None, Some(digits)) if !digits.is_empty() => (digits, 8),
        _ => (part, 10),
    };
    let sound = !part.is_empty() && digits.chars().all(|digit| digit.is_digit(radix));
    sound.then_some((digits, radix))
}
