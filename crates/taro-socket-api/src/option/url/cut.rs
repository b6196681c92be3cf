//! Cutting a text in two.

/// What is before the first of `ends`, and what begins with it; all and nothing without one.
pub(super) fn cut<'a>(text: &'a [u8], ends: &[u8]) -> (&'a [u8], &'a [u8]) {
    let end = text.iter().position(|byte| is_among(*byte, ends));
    let parts = end.and_then(|end| text.split_at_checked(end));
    parts.unwrap_or((text, &[]))
}

#[expect(
    clippy::manual_contains,
    reason = "it would search in words of the machine, which is much code"
)]
pub(super) fn is_among(byte: u8, bytes: &[u8]) -> bool {
    bytes.iter().any(|other| *other == byte)
}
