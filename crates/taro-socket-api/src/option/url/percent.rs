//! Percent-encoding and -decoding (WHATWG URL §1.3).

use super::{cut::is_among, flaw::Flaw, host::FORBIDDEN};
use crate::text::{digit, push_hexadecimal};

/// Writes `text`; `encoded`, blanks, controls and all beyond ASCII percent-encoded in UTF-8.
pub(super) fn push(out: &mut String, text: &str, encoded: &[u8]) {
    for byte in text.bytes() {
        if byte.is_ascii_graphic() && !is_among(byte, encoded) {
            out.push(char::from(byte));
        } else {
            out.push('%');
            push_hexadecimal(out, u32::from(byte), 2);
        }
    }
}

/// Decoded; what is no UTF-8 then is in no host.
pub(super) fn decoded(text: &str) -> Result<String, Flaw> {
    let (mut bytes, mut rest) = (Vec::new(), text.as_bytes());
    while let Some((byte, behind)) = first(rest) {
        bytes.push(byte);
        rest = behind;
    }
    String::from_utf8(bytes)
        .map_err(|error| Flaw::of_character(error.utf8_error().valid_up_to(), FORBIDDEN))
}

/// Where in `text` the byte begins that [`decoded`] has put at `at`.
pub(super) fn place(text: &str, at: usize) -> usize {
    let mut rest = text.as_bytes();
    for _ in 0..at {
        rest = first(rest).map_or(rest, |(_, behind)| behind);
    }
    text.len() - rest.len()
}

/// The first byte, decoded, and what is behind it.
fn first(text: &[u8]) -> Option<(u8, &[u8])> {
    if let [b'%', high, low, behind @ ..] = text {
        if let (Some(high), Some(low)) = (digit(*high), digit(*low)) {
            return Some(((high << 4 | low) as u8, behind));
        }
    }
    let (first, behind) = text.split_first()?;
    Some((*first, behind))
}
