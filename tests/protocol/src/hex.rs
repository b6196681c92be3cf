//! Bytes as hexadecimal text, as queries carry them.

/// Writes two lower-case digits per byte.
#[must_use]
pub fn hex_encode(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let digit = |value: u8| char::from(DIGITS[usize::from(value)]);
    let mut out = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        out.push(digit(byte >> 4));
        out.push(digit(byte & 15));
    }
    out
}

/// Reads two digits per byte, of either case; `None` for an odd length or anything else.
#[must_use]
pub fn hex_decode(text: &str) -> Option<Vec<u8>> {
    let value = |digit: u8| char::from(digit).to_digit(16);
    let (pairs, rest) = text.as_bytes().as_chunks::<2>();
    if !rest.is_empty() {
        return None;
    }
    pairs
        .iter()
        .map(|[high, low]| u8::try_from(value(*high)? * 16 + value(*low)?).ok())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_read_back() {
        let all: Vec<u8> = (0..=255).collect();
        assert_eq!(hex_decode(&hex_encode(&all)), Some(all));
        assert_eq!(hex_encode(&[0, 255]), "00ff");
        assert_eq!(hex_decode("FfA0"), Some(vec![255, 160]));
    }

    #[test]
    fn malformed_text_is_refused() {
        for text in ["0", "0g", "é", "+1"] {
            assert_eq!(hex_decode(text), None, "{text}");
        }
    }
}
