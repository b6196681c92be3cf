//! International names without tables: scripts in which a character's form follows from its number.
//!
//! Where UTS #46 would need a table of mappings, normal forms or directions, the name is refused, so that what is taken
//! is what UTS #46 makes of it.

use super::{
    host::{FORBIDDEN, is_forbidden},
    percent, punycode,
    wire::Wire,
};
use crate::text::push_ascii;

const NO_TABLE: &str = ", for which there is no table here: write the host in its xn-- form";
const UNSOUND: &str = "has a host without a sound xn-- form";

/// What the first and the last character of a row, and so all between, become: the first becomes `to`.
struct Row {
    first: u16,
    last: u16,
    to: u16,
}

const fn row(first: u16, last: u16, to: u16) -> Row {
    Row { first, last, to }
}

const ROWS: [Row; 26] = [
    // ASCII: capitals become small letters.
    row(0x00, 0x40, 0x00),
    row(0x41, 0x5a, 0x61),
    row(0x5b, 0x7f, 0x5b),
    // The same as wide as an ideograph.
    row(0xff01, 0xff20, 0x21),
    row(0xff21, 0xff3a, 0x61),
    row(0xff3b, 0xff5e, 0x5b),
    // Ideographic full stops.
    row(0x3002, 0x3002, 0x2e),
    row(0xff61, 0xff61, 0x2e),
    // Latin, Greek and Cyrillic: capitals, then small letters.
    row(0xc0, 0xd6, 0xe0),
    row(0xd8, 0xde, 0xf8),
    row(0x391, 0x3a1, 0x3b1),
    row(0x3a3, 0x3ab, 0x3c3),
    row(0x400, 0x40f, 0x450),
    row(0x410, 0x42f, 0x430),
    row(0xdf, 0xf6, 0xdf),
    row(0xf8, 0xff, 0xf8),
    row(0x131, 0x131, 0x131),
    row(0x138, 0x138, 0x138),
    row(0x3ac, 0x3ce, 0x3ac),
    row(0x430, 0x45f, 0x430),
    // Kana, ideographs, Hangul.
    row(0x3005, 0x3007, 0x3005),
    row(0x3041, 0x3096, 0x3041),
    row(0x30a1, 0x30fe, 0x30a1),
    row(0x3400, 0x4dbf, 0x3400),
    row(0x4e00, 0x9fff, 0x4e00),
    row(0xac00, 0xd7a3, 0xac00),
];

/// Latin Extended-A, first and last: capital and small letter in turn. Not here is what stands for two letters, or for
/// one elsewhere.
const PAIRS: [(u16, u16); 6] = [
    (0x100, 0x12f),
    (0x134, 0x137),
    (0x139, 0x13e),
    (0x141, 0x148),
    (0x14a, 0x177),
    (0x179, 0x17e),
];

/// Writes the name in ASCII and lower case; `at` is where in the URL it begins.
pub(super) fn push(wire: &mut Wire, name: &[u8], at: usize) -> Option<()> {
    let mut label = Vec::new();
    let mut rest = name;
    while !rest.is_empty() {
        let place = at + name.len() - rest.len();
        let Some(character) = percent::character(&mut rest) else {
            return wire.refuse_at(place, FORBIDDEN);
        };
        if is_ignored(character) {
            continue;
        }
        match map(character) {
            None => return wire.refuse_at(place, NO_TABLE),
            Some('.') => {
                push_label(wire, &label)?;
                push_ascii(&mut wire.text, b'.');
                label.clear();
            }
            Some(mapped) if is_forbidden(mapped) => return wire.refuse_at(place, FORBIDDEN),
            Some(mapped) => label.push(mapped),
        }
    }
    push_label(wire, &label)
}

fn push_label(wire: &mut Wire, label: &[char]) -> Option<()> {
    let is_ascii = label.iter().all(char::is_ascii);
    if let ['x', 'n', '-', '-', form @ ..] = label {
        if !is_ascii || !punycode::is_sound(form, is_never) {
            return wire.refuse(UNSOUND);
        }
    }
    if is_ascii {
        for character in label {
            push_ascii(&mut wire.text, *character as u8);
        }
        return Some(());
    }
    wire.text.push_str("xn--");
    let written = punycode::push(&mut wire.text, label);
    written.or_else(|| wire.refuse(UNSOUND))
}

/// The character that stands for this one in names, which may be itself, if no table is needed to tell.
fn map(character: char) -> Option<char> {
    let code = u16::try_from(u32::from(character)).ok()?;
    if let Some(row) = ROWS
        .iter()
        .find(|row| row.first <= code && code <= row.last)
    {
        return char::from_u32(u32::from(code - row.first + row.to));
    }
    let mut pairs = PAIRS.iter();
    let (first, _) = pairs.find(|(first, last)| *first <= code && code <= *last)?;
    char::from_u32(u32::from(first + ((code - first) | 1)))
}

/// Soft hyphen, zero-width space, word joiner, byte order mark: they come along when an address is copied.
fn is_ignored(character: char) -> bool {
    matches!(character, '\u{ad}' | '\u{200b}' | '\u{2060}' | '\u{feff}')
}

/// Characters that no `xn--` form stands for, as far as that is known without a table: what is mapped to another,
/// controls, private use, what is no character.
fn is_never(character: char) -> bool {
    match map(character) {
        Some(mapped) => mapped != character,
        None => matches!(
            u32::from(character),
            0x80..=0xa0 | 0xad | 0xe000..=0xf8ff | 0xfdd0..=0xfdef | 0xfff0..=0xffff | 0x3_3480..
        ),
    }
}
