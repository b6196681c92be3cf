//! Percent-encoding and -decoding (WHATWG URL §1.3).

use super::cut::is_among;
use crate::text::{digit, push_ascii, push_hexadecimal};

/// Writes `text`; `encoded`, blanks, controls and all beyond ASCII percent-encoded in UTF-8.
pub(super) fn push(out: &mut String, text: &[u8], encoded: &[u8]) {
    for byte in text {
        if byte.is_ascii_graphic() && !is_among(*byte, encoded) {
            push_ascii(out, *byte);
        } else {
            push_ascii(out, b'%');
            push_hexadecimal(out, u32::from(*byte), 2);
        }
    }
}

/// Takes the first character off `text`, decoded (RFC 3629 §3); `None` where it is no UTF-8, and at the end.
pub(super) fn character(text: &mut &[u8]) -> Option<char> {
    let lead = byte(text);
    let (mut code, more) = match lead {
        0..=0x7f => (lead, 0),
        0xc0..=0xdf => (lead & 0x1f, 1),
        0xe0..=0xef => (lead & 0xf, 2),
        0xf0..=0xf7 => (lead & 7, 3),
        _ => return None,
    };
    for _ in 0..more {
        let next = byte(text);
        if !(0x80..=0xbf).contains(&next) {
            return None;
        }
        code = code << 6 | next & 0x3f;
    }
    let character = char::from_u32(code)?;
    (character.len_utf8() == more + 1).then_some(character)
}

/// Takes the first byte off `text`, decoded; at the end a number that is no byte.
fn byte(text: &mut &[u8]) -> u32 {
    if let [b'%', high, low, behind @ ..] = *text {
        let byte = digit(*high) << 4 | digit(*low);
        if byte < 0x100 {
            *text = behind;
            return byte;
        }
    }
    let Some((first, behind)) = text.split_first() else {
        return u32::MAX;
    };
    *text = behind;
    u32::from(*first)
}
