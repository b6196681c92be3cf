//! Percent-encoding and -decoding (WHATWG URL §1.3).

use std::borrow::Cow;

/// Writes `text`; what `is_encoded` says of ASCII, and all beyond ASCII, percent-encoded in UTF-8.
pub(super) fn push(out: &mut String, text: &str, is_encoded: impl Fn(u8) -> bool) {
    for byte in text.bytes() {
        if byte.is_ascii_graphic() && !is_encoded(byte) {
            out.push(char::from(byte));
        } else {
            out.push('%');
            out.push(digit(byte >> 4));
            out.push(digit(byte & 15));
        }
    }
}

fn digit(value: u8) -> char {
    char::from(if value < 10 { b'0' } else { b'A' - 10 } + value)
}

/// Decoded; what is no UTF-8 then becomes U+FFFD.
pub(super) fn decoded(text: &str) -> Cow<'_, str> {
    if !text.contains('%') {
        return Cow::Borrowed(text);
    }
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let [first, behind @ ..] = rest {
        rest = behind;
        let escaped = match behind {
            [high, low, behind @ ..] if *first == b'%' => value(*high)
                .zip(value(*low))
                .map(|(high, low)| (high << 4 | low, behind)),
            _ => None,
        };
        let (byte, behind) = escaped.unwrap_or((*first, rest));
        bytes.push(byte);
        rest = behind;
    }
    Cow::Owned(String::from_utf8_lossy(&bytes).into_owned())
}

fn value(digit: u8) -> Option<u8> {
    let value = char::from(digit).to_digit(16)?;
    u8::try_from(value).ok()
}
