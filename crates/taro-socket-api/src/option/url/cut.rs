//! Cutting a text in two.

/// What is before the first of `ends`, which are ASCII, and what begins with it; all and nothing without one.
pub(super) fn cut<'a>(text: &'a str, ends: &[u8]) -> (&'a str, &'a str) {
    let end = text.bytes().position(|byte| is_among(byte, ends));
    let parts = end.and_then(|end| text.split_at_checked(end));
    parts.unwrap_or((text, ""))
}

/// `contains` would search in words of the machine, which is much code.
pub(super) fn is_among(byte: u8, bytes: &[u8]) -> bool {
    bytes.iter().any(|other| *other == byte)
}
