//! Percent-encoding and -decoding (WHATWG URL §1.3).

use super::{cut::is_among, flaw::Flaw, host::FORBIDDEN};
use crate::text::{digit, push_hexadecimal};

/// Writes `text`; `encoded`, blanks, controls and all beyond ASCII percent-encoded in UTF-8.
pub(super) fn push(out: &mut String, text: &[u8], encoded: &[u8]) {
    for byte in text {
        if byte.is_ascii_graphic() && !is_among(*byte, encoded) {
            out.push(char::from(*byte));
        } else {
            out.push('%');
            push_hexadecimal(out, u32::from(*byte), 2);
        }
    }
}

/// Decoded; what is no UTF-8 then is in no host.
pub(super) fn decoded(text: &[u8]) -> Result<String, Flaw> {
    let (mut out, mut rest) = (String::new(), text);
    while !rest.is_empty() {
        let (character, behind) =
            character(rest).ok_or(Flaw::of_character(out.len(), FORBIDDEN))?;
        out.push(character);
        rest = behind;
    }
    Ok(out)
}

/// Where in `text` the byte begins that [`decoded`] has put at `at`.
pub(super) fn place(text: &[u8], at: usize) -> usize {
    let mut rest = text;
    for _ in 0..at {
        rest = first(rest).map_or(rest, |(_, behind)| behind);
    }
    text.len() - rest.len()
}

/// The first character (RFC 3629 §3), and what is behind it.
fn character(text: &[u8]) -> Option<(char, &[u8])> {
    let (lead, mut rest) = first(text)?;
    let (mut code, more) = match lead {
        0..=0x7f => (lead, 0),
        0xc0..=0xdf => (lead & 0x1f, 1),
        0xe0..=0xef => (lead & 0xf, 2),
        0xf0..=0xf7 => (lead & 7, 3),
        _ => return None,
    };
    for _ in 0..more {
        let (next, behind) = first(rest).filter(|(next, _)| next & !0x3f == 0x80)?;
        code = code << 6 | next & 0x3f;
        rest = behind;
    }
    let character = char::from_u32(code)?;
    (character.len_utf8() == more + 1).then_some((character, rest))
}

/// The first byte, decoded, and what is behind it.
fn first(text: &[u8]) -> Option<(u32, &[u8])> {
    if let [b'%', high, low, behind @ ..] = text {
        if let (Some(high), Some(low)) = (digit(*high), digit(*low)) {
            return Some((high << 4 | low, behind));
        }
    }
    let (first, behind) = text.split_first()?;
    Some((u32::from(*first), behind))
}
